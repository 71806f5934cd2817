import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { planted } from './planted-text.js'
import { folder, json, run, trained } from './trained-folder.js'

test('training tells on stdout what it made, and on stderr how it went', () => {
  const { losses, seconds, wordsPerSecond, peakMemoryBytes, ...facts } = trained.facts!
  assert.deepEqual(facts, {
    words: 32,
    dimensions: 16,
    heldOutLosses: [],
    checkpoints: { written: 0, bytes: 0, stallSeconds: 0 },
    tokens: 42_000 - 3000,
    output: 'v.safetensors',
    map: 'map.html',
    vocabulary: 'words.txt',
  })
  const numbers = losses as number[]
  assert.equal(numbers.length, 4)
  assert.ok(numbers.every(loss => loss > 0.5 && loss < 5))
  for (const positive of [seconds, wordsPerSecond, peakMemoryBytes]) assert.ok((positive as number) > 0)
  const lines = trained.stderr.trimEnd().split('\n')
  assert.match(lines[0]!, /^read \d{3}\.\d kB: 39,0\d\d words of text$/)
  assert.ok(lines.length <= 11, trained.stderr)
  for (const line of lines.slice(1))
    assert.match(line, /^epoch [1-4]\/4, \d+ %: [\d.]+ [kM] words\/s, loss \d\.\d{3}(, .* left)?$/)
})

test('nothing lies beside the files that were asked for', () => {
  const names = ['map.html', 'text.txt', 'v.safetensors', 'words.txt']
  for (const name of names) assert.ok(existsSync(join(folder, name)), name)
  assert.deepEqual(
    readdirSync(folder).filter(name => name.startsWith('.') || name.includes('partial')),
    [],
  )
  assert.match(readFileSync(join(folder, 'words.txt'), 'utf8'), /^the 6000\na 3000\n/)
  assert.match(readFileSync(join(folder, 'map.html'), 'utf8'), /^<!doctype html>/i)
})

test('nearest finds words of the same kind, a list for each word', async () => {
  const [cat, red] = await json('nearest', 'v.safetensors', 'cat', 'red', '-n', '5')
  for (const [answer, word, kind] of [
    [cat, 'cat', planted.animals],
    [red, 'red', planted.colours],
  ] as const) {
    assert.deepEqual(answer.plus, [word])
    assert.deepEqual(answer.minus, [])
    const words: string[] = answer.nearest.map((neighbor: { word: string }) => neighbor.word)
    assert.equal(words.length, 5)
    assert.ok(words.filter(found => kind.includes(found)).length >= 4, words.join(' '))
  }
  const { stdout } = await run('nearest', 'v.safetensors', 'cat', 'red', '-n', '2')
  assert.match(stdout, /^cat\n( {2}\w+ +\d\.\d{4}\n){2}\nred\n( {2}\w+ +\d\.\d{4}\n){2}$/)
})
