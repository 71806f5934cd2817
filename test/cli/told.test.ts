import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { temporaryFolder, wordloom } from './wordloom.js'

const folder = temporaryFolder()
const vectors = join(folder, 'v.vec')
writeFileSync(vectors, `4 2\na 1 2\nb 2 1\nc 1 1\n${'d'.repeat(200)} 2 3\n`)

test('what cannot be meant by a question is refused, and what is left out is told', async () => {
  const cases: readonly [line: string[], code: number, said: RegExp][] = [
    [
      ['nearest', vectors, 'a', '--also', vectors],
      64,
      /is named twice, and --also compares different models/,
    ],
    [['nearest', vectors, 'a', '--topn', '3'], 64, /there is no option --topn\. Did you mean --count\?/],
    [['nearest', vectors, 'a', '--among', 'b,zz'], 0, /left out, since they are not in the vocabulary: "zz"/],
    [['nearest', vectors, 'a', '--among', 'yy,zz'], 65, /none of the words of --among is in the vocabulary/],
    [['odd-one-out', vectors, 'a', 'a', 'a'], 64, /the word "a" is given twice/],
  ]
  for (const [line, code, said] of cases) {
    const ended = await wordloom(line)
    assert.equal(ended.code, code, `${line}: ${ended.stderr}`)
    assert.match(ended.stderr, said)
  }
})

test('a long word does not widen a table', async () => {
  const { stdout } = await wordloom(['nearest', vectors, 'a'])
  assert.match(stdout, /d{59}…/)
  assert.ok(stdout.split('\n').every(line => line.length <= 80))
})

test('a run that is resumed without a checkpoint says that it begins anew', async () => {
  const text = join(folder, 'text.txt')
  writeFileSync(text, 'a b c a b\n'.repeat(50))
  const line = ['train', text, '-o', join(folder, 'x.vec'), '--resume', '--dimensions', '4']
  const { code, stderr } = await wordloom(line)
  assert.equal(code, 0)
  assert.match(stderr, /there is no checkpoint .*x\.vec\.checkpoint to go on from, and training begins anew/)
})
