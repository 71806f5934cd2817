import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WordloomError } from '#errors'
import { type ByteSource, read } from '#formats/index'
import { Random } from '#math/random'
import { rowsOf, wordBytesOf } from '../formats/sample.js'
import { type Files, smallFiles } from './fuzz/files.js'

/** Reading a file in memory, its size known. */
function sourceOf({ main, content }: Files): ByteSource {
  const source = (name: string): ByteSource => ({
    name,
    size: name.endsWith('.gz') || name.endsWith('.zst') ? undefined : content[name]!.length,
    chunks: [content[name]!.slice()],
  })
  return { ...source(main), beside: async name => (Object.hasOwn(content, name) ? source(name) : undefined) }
}

type Outcome = { rows: number[][]; words: string[] } | 'refused'

async function outcomeOf(files: Files): Promise<Outcome> {
  try {
    const vectors = await read(sourceOf(files))
    return { rows: rowsOf(vectors), words: wordBytesOf(vectors) }
  } catch (error) {
    if (error instanceof WordloomError && ['bad-data', 'too-large'].includes(error.code)) return 'refused'
    throw error
  }
}

/** Formats in which a shorter file can be a whole one: rows end where lines end, and nothing tells how many there are. */
const openEnded = new Set(['glove', 'json-lines'])

for (const [name, files] of Object.entries(await smallFiles())) {
  test(`C4 ${name}: cut at every byte it is refused, and never half loaded`, async () => {
    const whole = await outcomeOf(files)
    assert.notEqual(whole, 'refused')
    for (const [part, bytes] of Object.entries(files.content))
      for (let length = 0; length < bytes.length; length++) {
        const cut = { main: files.main, content: { ...files.content, [part]: bytes.slice(0, length) } }
        const outcome = await outcomeOf(cut)
        if (outcome === 'refused') continue
        const { rows, words } = whole as Exclude<Outcome, 'refused'>
        const place = `${part} cut at byte ${length} of ${bytes.length}`
        assert.ok(openEnded.has(name) || outcome.rows.length === rows.length, place)
        assert.deepEqual(outcome.rows, rows.slice(0, outcome.rows.length), place)
        if (openEnded.has(name)) assert.deepEqual(outcome.words, words.slice(0, outcome.words.length), place)
      }
  })

  test(`C4 ${name}: a flipped bit in every byte is refused, or changes no more than it says`, async () => {
    const random = new Random(1, name.length)
    for (const [part, bytes] of Object.entries(files.content))
      for (let at = 0; at < bytes.length; at++) {
        const flipped = bytes.slice()
        flipped[at]! ^= 1 << random.below(8)
        const outcome = await outcomeOf({ main: files.main, content: { ...files.content, [part]: flipped } })
        if (outcome === 'refused') continue
        assert.equal(outcome.rows.length, outcome.words.length)
        for (const row of outcome.rows) {
          assert.equal(row.length, outcome.rows[0]!.length)
          assert.ok(row.every(Number.isFinite))
        }
      }
  })
}
