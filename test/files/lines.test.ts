import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { eachLine } from '#files/index'
import { cutAt } from '../text/collect.js'

const lined = { file: 'list.txt', longest: 1024, expected: 'a word' }

async function linesOf(chunks: readonly Uint8Array[]): Promise<string[]> {
  async function* given() {
    yield* chunks
  }
  const lines: string[] = []
  await eachLine(given(), lined, (line, number) => {
    assert.equal(number, lines.length + 1)
    lines.push(Buffer.from(line).toString())
  })
  return lines
}

test('lines are cut anywhere, have no breaks and no byte order mark at the beginning', async () => {
  const line = fc
    .array(fc.constantFrom('a', 'é', ' ', '\r', '\ufeff'), { maxLength: 5 })
    .map(it => it.join(''))
  const lists = fc.tuple(
    fc.array(line, { maxLength: 6 }),
    fc.constantFrom('', '\n'),
    fc.array(fc.nat(40), { maxLength: 9 }),
  )
  await fc.assert(
    fc.asyncProperty(lists, async ([given, end, places]) => {
      const text = given.join('\n') + end
      const expected = text.split('\n')
      if (expected.at(-1) === '') expected.pop()
      const plain = expected.map((it, i) => (i === 0 ? it.replace(/^\ufeff/, '') : it).replace(/\r$/, ''))
      assert.deepEqual(await linesOf(cutAt(Buffer.from(text), places)), plain)
    }),
  )
})

test('a line that is too long is refused with its number, before it is read to its end', async () => {
  const message = 'Cannot read list.txt: line 2: the line is over 1 KB long; expected a word.'
  for (const text of [`a\n${'x'.repeat(1025)}\n`, `a\n${'x'.repeat(1025)}`])
    await assert.rejects(linesOf([Buffer.from(text)]), { code: 'bad-data', message })
  assert.equal((await linesOf([Buffer.from('x'.repeat(1024))])).length, 1)
})
