import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { checkStatements, checkTestVectors, statements } from 'wordloom/solution'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const script = (name: string) => import(pathToFileURL(`${root}scripts/${name}`).href)
const { renderMarkdown: rendered, formula } = await script('markdown-math.mjs')
const { namesIn } = await script('source-pages.mjs')
const { withStatements } = await script('write-statements.mjs')

const pages = [
  ...readdirSync(`${root}docs`)
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`),
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
].map(path => ({ path, text: readFileSync(root + path, 'utf8') }))

const equationsPage = pages.find(({ path }) => path === 'docs/equations.md')!.text

test('every formula of the documentation is set by KaTeX in strict mode, and no dollar is left', () => {
  for (const { path, text } of pages) {
    const html = rendered(text)
    const prose = html.replaceAll(/<(pre|code|annotation)[\s\S]*?<\/\1>/g, '')
    assert.ok(
      !prose.includes('$'),
      `${path}: ${prose.slice(prose.indexOf('$') - 40, prose.indexOf('$') + 80)}`,
    )
  }
  const formulas = rendered(equationsPage).match(/class="katex"/g) ?? []
  assert.ok(formulas.length > 150, `${formulas.length} formulas`)
})

test('the rule for formulas knows what is one', () => {
  const isFormula = (text: string) => rendered(text).includes('class="katex"')
  for (const text of ['$x$', 'a $x$, b', '$$x$$', '$$\nx\n$$', '- $x$', '| a |\n| - |\n| $x_1$ |', '$a$$b$'])
    assert.ok(isFormula(text), text)
  for (const text of ['`$x$`', '    $$x$$', '$5 and $6', 'a $ b', '$ x $', '\\$x$', '$x'])
    assert.ok(!isFormula(text), text)
  assert.match(rendered('$$x$$'), /katex-display/)
  assert.throws(() => formula('\\frac{1', false), /\\frac\{1/)
  assert.throws(() => formula('é', false), /unicodeTextInMathMode/)
})

test('every file that the documentation links to exists, and defines the name after the #', () => {
  let names = 0
  for (const { path, text } of pages)
    for (const [, link, anchor] of text.matchAll(/\]\(([^):#]+)(?:#([^)]+))?\)/g)) {
      const target = join(root, dirname(path), link!)
      assert.ok(existsSync(target), `${path} links to ${link}`)
      if (!anchor || !link!.endsWith('.ts')) continue
      const defined = namesIn(readFileSync(target, 'utf8')).map(({ name }: { name: string }) => name)
      assert.ok(defined.includes(anchor), `${path}: ${link} does not define ${anchor}`)
      names++
    }
  assert.ok(names >= 30, `${names} names`)
})

test('every heading that the documentation links to exists', () => {
  for (const { path, text } of pages)
    for (const [, link, anchor] of text.matchAll(/\]\(([^):#]*\.md)?#([^)]+)\)/g)) {
      const target = link ? readFileSync(join(root, dirname(path), link), 'utf8') : text
      assert.ok(headingsOf(target).includes(anchor!), `${path}: ${link ?? ''}#${anchor}`)
    }
})

/** The anchors that GitHub and TypeDoc give to headings. */
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\d -]/gu, '')
      .replaceAll(' ', '-'),
  )
}

test('under every equation stand its function and its test', () => {
  const tags = [...equationsPage.matchAll(/\\tag\{(\d+)\}/g)].map(([, tag]) => tag!)
  assert.ok(tags.length >= 24)
  const notes = equationsPage.split('\n\n').filter(paragraph => /^\(\d+\) (\(\d+\) )*Code: /.test(paragraph))
  for (const tag of tags) {
    const note = notes.find(paragraph => paragraph.split(' Code: ')[0]!.includes(`(${tag})`))
    assert.ok(note, `equation (${tag}) has no function`)
    assert.match(note, /\]\(\.\.\/src\/[^)]+#\w+\)/, note)
    assert.match(note, /\]\(\.\.\/test\/[^)]+\.test\.ts\)/, note)
  }
})

test('the list of statements is that of the table', () => {
  assert.equal(
    equationsPage,
    withStatements(equationsPage, statements, checkStatements()),
    'run node scripts/write-statements.mjs',
  )
  for (const { id } of statements) assert.ok(equationsPage.includes(`\n**${id}** `), id)
})

test('the file of values that the documentation shows is read and agrees', () => {
  const json = /```json\n([\s\S]*?)```/.exec(equationsPage)?.[1]
  const { largestDifference, cases } = checkTestVectors(JSON.parse(json!))
  assert.equal(cases[0].quantities.length, 3)
  assert.ok(largestDifference < 1e-12)
})
