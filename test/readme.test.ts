import assert from 'node:assert/strict'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import {
  labelledLineOptionTable,
  quantizeOptionTable,
  trainClassifierOptionTable,
} from 'wordloom/classification'
import { optionTable } from 'wordloom/training'
import type { Option } from '#options/index'
import { VERSION } from '#version'
import { folder, readme, root, run } from './readme-examples.js'

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

test('the page for people who come from another program has every name of theirs', async () => {
  const text = await readFile(join(root, 'docs/coming-from.md'), 'utf8')
  for (const [name, { elsewhere = {} }] of Object.entries(optionTable))
    for (const other of Object.values(elsewhere))
      assert.match(text, new RegExp(`^\\| \`${name}\`, .*\`${other}\``, 'm'), `${name}: ${other}`)
})

test('that page has every name of fastText for what trains and quantises classifiers', async () => {
  const text = await readFile(join(root, 'docs/coming-from.md'), 'utf8')
  const section = text.split('\n### Classifiers\n')[1]!.split('\n## ')[0]!
  const tables = [trainClassifierOptionTable, labelledLineOptionTable, quantizeOptionTable]
  for (const [name, option] of tables.flatMap(table => Object.entries<Option>(table)))
    for (const other of Object.values(option.elsewhere ?? {}))
      assert.match(section, new RegExp(`^\\| \`${name}\`, .*\`-?${other}\``, 'm'), `${name}: ${other}`)
})

test('the names of options in that page are ours, all of them, and no cell is empty', async () => {
  const text = await readFile(join(root, 'docs/coming-from.md'), 'utf8')
  const training = text
    .replace(/## Phrases[\s\S]*?(?=## )/, '')
    .replace(/### Classifiers[\s\S]*?(?=## CBOW)/, '')
  const ours = new Set([...training.matchAll(/`(\w+)`, `--/g)].map(([, name]) => name!))
  assert.deepEqual([...ours].toSorted(), Object.keys(optionTable).toSorted())
  assert.doesNotMatch(text, /\|[ \t]*\|/)
})

test('the README is a front page', () => {
  const words = readme.split(/\s+/).filter(word => /\w/.test(word)).length
  assert.ok(words < 700, `${words} words`)
})

test('files that the documentation links to exist', async () => {
  for (const document of [
    'README.md',
    'ARCHITECTURE.md',
    'CONTRIBUTING.md',
    'docs/browser.md',
    'docs/cli.md',
    'docs/coming-from.md',
    'bench/diary.md',
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
