import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { projectWithWordloom } from './installed.js'
import { outputOf, type Runtime, runtime } from './runtime.js'

const node = { path: process.execPath, run: [] }
const runtimes: readonly Runtime[] = [runtime('deno', ['run', '--allow-all', '--quiet']), runtime('bun')]
const MAIN = 'node_modules/wordloom/dist/cli/main.js'

let project: string

before(() => {
  if (runtimes.every(({ skip }) => skip)) return
  project = projectWithWordloom()
  const text = Array.from({ length: 3000 }, (_, i) => `alpha beta gamma delta w${i % 7} w${i % 13}\n`)
  writeFileSync(join(project, 'text.txt'), text.join(''))
  writeFileSync(join(project, 'lines.txt'), text.map((line, i) => `__label__l${i % 7} ${line}`).join(''))
})

for (const engine of runtimes) {
  test(`${engine.name}: training on two threads ends, and all that is read and found is what Node has`, {
    skip: engine.skip,
  }, async () => {
    const expected = await outputOf(node, ['whole-use.js'], project)
    assert.deepEqual(await outputOf(engine, ['whole-use.js'], project), expected)
    assert.equal(expected.code, 0)
  })

  test(`${engine.name}: classifiers are those of Node, and so is what they say, also from files`, {
    skip: engine.skip,
  }, async () => {
    const expected = await outputOf(node, ['classifier-use.js'], project)
    assert.deepEqual(await outputOf(engine, ['classifier-use.js'], project), expected)
    assert.equal(expected.code, 0, expected.stderr)
  })

  test(`${engine.name}: a server's handler answers what it does in Node`, { skip: engine.skip }, async () => {
    const expected = await outputOf(node, ['server-use.js'], project)
    assert.equal(expected.code, 0, expected.stderr)
    assert.deepEqual(await outputOf(engine, ['server-use.js'], project), expected)
  })

  test(`${engine.name}: the command line trains the bytes of Node and finds its words`, {
    skip: engine.skip,
  }, async () => {
    assert.deepEqual(await byCommands(engine, engine.name), await byCommands(node, 'node'))
  })
}

async function byCommands(engine: Pick<Runtime, 'path' | 'run'>, name: string) {
  const model = `${name}.safetensors`
  const trained = await outputOf(
    engine,
    [
      MAIN,
      'train',
      'text.txt',
      '-o',
      model,
      '--dimensions',
      '10',
      '--threads',
      '2',
      '--schedule',
      'blocks',
      '--quiet',
    ],
    project,
  )
  assert.deepEqual(trained, { code: 0, stdout: '', stderr: '' })
  const classify = [MAIN, 'classify', 'train', 'lines.txt', '-o', `c.${name}.safetensors`, '--threads', '2']
  const classified = await outputOf(engine, [...classify, '--dimensions', '50', '--quiet'], project)
  assert.deepEqual([classified.code, classified.stderr], [0, ''])
  const said = [MAIN, 'classify', 'predict', `c.${name}.safetensors`, 'text.txt', '--labels-only']
  const { code, stdout } = await outputOf(engine, [MAIN, 'nearest', model, 'alpha', '--json'], project)
  const found = JSON.parse(stdout) as { neighbors?: { word: string }[] }[] | object as unknown
  return {
    code,
    words: JSON.stringify(found).match(/"word":"\w+"/g),
    bytes: readFileSync(join(project, model), 'hex'),
    classifier: readFileSync(join(project, `c.${name}.safetensors`), 'hex'),
    labels: (await outputOf(engine, said, project)).stdout,
  }
}
