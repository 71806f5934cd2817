// Builds the documentation as a site that works offline: npm run docs, then open build/docs/index.html.
// The Markdown pages with their mathematics set by KaTeX, the public names with their docstrings, the sources.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Application, ReflectionKind } from 'typedoc'
import { markdownMath } from './markdown-math.mjs'
import { writeSourcePage } from './source-pages.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const staged = `${root}build/docs-pages`
const site = `${root}build/docs`
/** Stands for the root of the sources until it is known on which page a link lies. */
const SOURCES = 'https://sources.invalid/'

const pages = [
  ...readdirSync(`${root}docs`)
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`),
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
]

stagePages()
await buildSite()
copyKatex()
linkSources()
process.stdout.write(`${site}/index.html\n`)

/** Copies pages and pictures, with links to sources made absolute, since TypeDoc copies what relative links lead to. */
function stagePages() {
  rmSync(staged, { recursive: true, force: true })
  mkdirSync(`${staged}/docs`, { recursive: true })
  for (const page of ['README.md', ...pages]) writeFileSync(`${staged}/${page}`, stagedPage(page))
  for (const name of readdirSync(`${root}docs`))
    if (!name.endsWith('.md')) cpSync(`${root}docs/${name}`, `${staged}/docs/${name}`)
}

function stagedPage(page) {
  const text = readFileSync(root + page, 'utf8')
  const title = /^# (.*)$/m.exec(text)?.[1] ?? page
  const linked = text.replaceAll(/\]\(([^):#]+)(#[^)]*)?\)/g, (link, path, anchor = '') => {
    const target = posix.join(dirname(page), path)
    return isSource(target) ? `](${SOURCES}${target}${anchor})` : link
  })
  return page === 'README.md' ? linked : `---\ntitle: ${JSON.stringify(title)}\n---\n\n${linked}`
}

/** Everything but the pages themselves and pictures. */
function isSource(path) {
  return !pages.includes(path) && path !== 'README.md' && !/\.(png|svg)$/.test(path)
}

async function buildSite() {
  const rooms = JSON.parse(readFileSync(`${root}package.json`, 'utf8')).exports
  const entryPoints = Object.values(rooms)
    .filter(path => path.endsWith('.js'))
    .map(path => root + path.replace('./dist/', 'src/').replace(/\.js$/, '.ts'))
  const application = await Application.bootstrap({
    name: 'Wordloom',
    entryPoints,
    tsconfig: `${root}src/tsconfig.json`,
    readme: `${staged}/README.md`,
    projectDocuments: pages.map(page => `${staged}/${page}`),
    markdownItLoader: markdownMath,
    customCss: `${root}scripts/docs.css`,
    basePath: root,
    displayBasePath: root,
    disableGit: true,
    sourceLinkTemplate: `${SOURCES}{path}#L{line}`,
    excludePrivate: true,
    excludeInternal: true,
    hideGenerator: true,
    githubPages: false,
    searchInDocuments: true,
    navigation: { includeCategories: false, includeGroups: false },
    headings: { readme: false, document: false },
    highlightLanguages: ['typescript', 'javascript', 'json', 'sh', 'html'],
    validation: { notExported: false, invalidLink: true, invalidPath: true },
    treatWarningsAsErrors: false,
    logLevel: 'Warn',
  })
  const project = await application.convert()
  if (!project) throw new Error('TypeDoc could not read the sources; run npm run build and mend what it says')
  nameRooms(project)
  application.validate(project)
  rmSync(site, { recursive: true, force: true })
  await application.generateDocs(project, site)
  if (application.logger.hasErrors()) throw new Error('TypeDoc found errors, see above')
}

/** Modules by the names that people import. */
function nameRooms(project) {
  for (const module of project.getChildrenByKind(ReflectionKind.Module)) {
    const room = module.name.replace(/^src\/?/, '').replace(/\/?index$/, '')
    module.name = room ? `wordloom/${room}` : 'wordloom'
  }
}

/** KaTeX's style and fonts before ours, so that formulas need nothing from elsewhere. */
function copyKatex() {
  const katex = dirname(createRequire(import.meta.url).resolve('katex/dist/katex.min.css'))
  const assets = `${site}/assets`
  const style = readFileSync(`${katex}/katex.min.css`, 'utf8')
  // Every browser that reads the site knows woff2.
  const woff2 = style.replaceAll(/,url\([^)]*\.(?:woff|ttf)\) format\("[a-z]+"\)/g, '')
  writeFileSync(`${assets}/custom.css`, woff2 + readFileSync(`${assets}/custom.css`, 'utf8'))
  mkdirSync(`${assets}/fonts`, { recursive: true })
  for (const name of readdirSync(`${katex}/fonts`))
    if (name.endsWith('.woff2')) cpSync(`${katex}/fonts/${name}`, `${assets}/fonts/${name}`)
  cpSync(`${root}scripts/source.css`, `${assets}/source.css`)
}

/** Makes links to sources relative to their page, and writes the pages that they lead to. */
function linkSources() {
  const written = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter(path =>
    path.endsWith('.html'),
  )
  for (const path of written) {
    const html = readFileSync(`${site}/${path}`, 'utf8')
    const linked = html.replaceAll(/https:\/\/sources\.invalid\/([^"#]*)/g, (_, source) => {
      statSync(root + source) // a link to nowhere ends the build
      return posix.relative(dirname(path), writeSourcePage(root, site, source))
    })
    if (linked !== html) writeFileSync(`${site}/${path}`, linked)
  }
}
