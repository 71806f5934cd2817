import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { optionTable } from 'wordloom/training'
import { VERSION } from '#version'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../', import.meta.url))
let folder = ''
let readme = ''

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wordloom-readme-'))
  readme = await readFile(join(root, 'README.md'), 'utf8')
  await writeFile(join(folder, 'corpus.txt'), royalText())
})

after(() => rm(folder, { recursive: true, force: true }))

/** Enough sentences for every word that the README's first program asks about. */
function royalText(): string {
  const meals = ['breakfast', 'cereal', 'dinner', 'lunch']
  const sentences = Array.from({ length: 300 }, (_, i) =>
    i % 2 === 0
      ? `the king and the queen rule ; a man and a woman live here ${i % 7}`
      : `we eat ${meals.join(' and ')} at home ${i % 5}`,
  )
  return sentences.join('\n')
}

function example(name: string, ...files: string[]) {
  return run(process.execPath, [join(root, 'examples', name), ...files.map(file => join(folder, file))])
}

test('the first program of the README runs', async () => {
  const program = /```js\n([\s\S]*?)```/.exec(readme)?.[1]
  assert.ok(program)
  const path = join(root, 'build', 'first-program.mjs')
  await writeFile(
    path,
    `${program}\nconsole.log(model.vectors.nearest('king', 3).map(({ word }) => word).join())`,
  )
  const { stdout } = await run(process.execPath, [path], { cwd: folder })
  assert.match(stdout, /queen|man|rule|woman/)
})

test('the examples run, and say what they promise', async () => {
  assert.match((await example('train.js', 'corpus.txt', 'out.safetensors')).stdout, /nats a pair\n\d+ words/)
  const asked = await run(process.execPath, [
    join(root, 'examples/neighbours.js'),
    join(folder, 'out.safetensors'),
    'king',
    'queen',
    'lunch',
  ])
  assert.match(asked.stdout, /king: .*\nqueen: .*\nlunch: .*\nthe odd one out is \w+/)
  assert.match((await example('convert.js', 'out.safetensors', 'out.bin')).stdout, /words of 50 numbers/)
  assert.match((await example('gradient.js')).stdout, /central differences agree to \d\.\de-\d\d/)
  const { stdout } = await example('sessions.js')
  assert.match(stdout, /teapot: (kettle|mug|spoon), (kettle|mug|spoon), (kettle|mug|spoon)/)
})

test('no example is longer than thirty lines', async () => {
  for (const name of ['train', 'neighbours', 'gradient', 'sessions', 'convert', 'browser/page']) {
    const text = await readFile(join(root, 'examples', `${name}.js`), 'utf8')
    assert.ok(text.trimEnd().split('\n').length <= 30, name)
  }
})

test('no example on real data is longer than sixty lines', async () => {
  for (const name of ['baskets', 'nodes', 'links', 'sentences']) {
    const text = await readFile(join(root, 'examples', `${name}.js`), 'utf8')
    assert.ok(text.trimEnd().split('\n').length <= 60, name)
  }
})

test('links of a real graph are found better by vectors than by common neighbours', async t => {
  const data = join(root, '../shared/data/sequences')
  const isThere = await stat(data).catch(() => undefined)
  if (!isThere) return t.skip('there is no ../shared/data/sequences')
  const onData = async (name: string, ...files: string[]) => {
    const paths = files.map(file => join(data, file))
    return (await run(process.execPath, [join(root, 'examples', name), ...paths])).stdout
  }
  const links = await onData('links.js', 'graphs/cora_edgelist.txt')
  const areas = [...links.matchAll(/: (0\.\d+)/g)].map(match => Number(match[1]))
  assert.ok(areas[1]! > areas[0]! && areas[1]! > 0.85, links)
})

test('the table of names in the README is that of the options', () => {
  for (const [name, option] of Object.entries(optionTable)) {
    const names = Object.values(option.elsewhere ?? {})
    const line = readme.split('\n').find(line => line.startsWith(`| \`${name}\`,`))
    assert.ok(line, `${name} has no line`)
    for (const other of names) assert.ok(line.includes(`\`${other}\``), `${name}: ${other}`)
  }
})

test('every name of ours in that table is an option', () => {
  const begin = readme.indexOf('## If you come from another program')
  const table = readme.slice(begin, readme.indexOf('And of phrases', begin))
  const ours = [...table.matchAll(/^\| `(\w+)`, `--/gm)].map(([, name]) => name!)
  assert.deepEqual(ours.toSorted(), Object.keys(optionTable).toSorted())
})

test('files that the documentation links to exist', async () => {
  for (const document of [
    'README.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    'docs/browser.md',
    'docs/sequences.md',
  ]) {
    const text = await readFile(join(root, document), 'utf8')
    for (const [, link] of text.matchAll(/\]\(([^)#:]+)\)/g))
      await assert.doesNotReject(() => stat(join(root, dirname(document), link!)), link)
  }
})

test('the version is that of the package', async () => {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
  assert.equal(VERSION, manifest.version)
})
