// Checks the package as npm would publish it: its manifest (publint), its types (are the types wrong), what lies in it
// and where its pages lead, and that npm installs what it needs without a warning.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

const run = (tool, ...args) =>
  execFileSync('npx', ['--no-install', tool, ...args], { stdio: ['ignore', 'inherit', 'inherit'] })

try {
  run('publint', '--strict')
  run('attw', '--pack', '.', '--profile', 'esm-only', '--format', 'ascii', '--quiet')
  const faults = [...wrongIn(packedFiles()), ...warningsOfInstall()]
  for (const fault of faults) process.stderr.write(`${fault}\n`)
  if (faults.length > 0) process.exitCode = 1
} catch (error) {
  if (error.status === undefined) throw error
  process.exitCode = error.status
}

function packedFiles() {
  const json = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root })
  return new Set(JSON.parse(json)[0].files.map(({ path }) => path))
}

function wrongIn(packed) {
  const { repository, homepage, bugs, bin } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
  const needed = [
    ...Object.values(bin).map(path => posix.normalize(path)),
    ...readdirSync(`${root}docs`).map(name => `docs/${name}`),
    'README.md',
    'LICENSE',
    'dist/studio/third-party.txt',
  ]
  return [
    ...(repository?.url && homepage && bugs ? [] : ['package.json: repository, homepage or bugs is missing']),
    ...needed.filter(path => !packed.has(path)).map(path => `${path} is not in the package`),
    ...[...packed].filter(path => path.endsWith('.md')).flatMap(page => deadLinks(page, packed)),
  ]
}

/** Pages may also lead to sources, which are in the repository alone; the front page leads only to what is there. */
function deadLinks(page, packed) {
  const text = readFileSync(root + page, 'utf8')
  const targets = [...text.matchAll(/\]\(([^):#]+)(?:#[^)]*)?\)/g)].map(([, link]) =>
    posix.join(posix.dirname(page), link).replace(/\/$/, ''),
  )
  const isThere = path => packed.has(path) || [...packed].some(file => file.startsWith(`${path}/`))
  const isSource = path => page !== 'README.md' && existsSync(root + path)
  return targets
    .filter(path => !isThere(path) && !isSource(path))
    .map(path => `${page} leads to ${path}, which is not in the package`)
}

function warningsOfInstall() {
  const { stderr } = spawnSync('npm', ['ci', '--dry-run', '--ignore-scripts', '--offline'], {
    cwd: root,
    encoding: 'utf8',
  })
  return stderr.split('\n').filter(line => line.startsWith('npm warn'))
}
