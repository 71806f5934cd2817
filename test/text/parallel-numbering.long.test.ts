import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { Random } from '#math/random'
import { encodeCorpus } from '#text/index'
import { piece } from './any-piece.js'
import { cutAt } from './collect.js'
import {
  bytes,
  type Cutting,
  known,
  pieceBytes,
  type Step,
  sameAsOne,
  testThreads,
  tokenizers,
} from './numbered-on-threads.js'
import { temporaryFolder } from './temporary.js'

const places = fc.array(fc.nat(5000), { maxLength: 10 })

testThreads(known)

for (const tokenizer of tokenizers) {
  for (const vocabulary of [undefined, known]) {
    const given = vocabulary ? ', with a vocabulary given' : ''
    test(`${tokenizer}: a text in pieces is numbered like a text in one${given}`, async () => {
      await fc.assert(
        fc.asyncProperty(bytes, places, pieceBytes, (text, at, size) =>
          sameAsOne(
            tokenizer,
            cutAt(text, at),
            { threads: 2, pieceBytes: size, earlyBytes: Number.POSITIVE_INFINITY },
            vocabulary,
          ),
        ),
        { numRuns: 500 },
      )
    })
  }

  test(`${tokenizer}: text, ends and tokens one by one in any order are numbered alike`, async () => {
    const token = fc.uint8Array({ minLength: 1, maxLength: 20 })
    const step = fc.oneof(piece, fc.constant('end' as const), fc.array(token, { maxLength: 4 }))
    const property = (numRuns: number, cutting: Omit<Cutting, 'pieceBytes'>) =>
      fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 8 }), pieceBytes, (steps, pieceBytes) =>
          sameAsOne(tokenizer, withEnds(steps), { ...cutting, pieceBytes }),
        ),
        { numRuns },
      )
    await property(300, { threads: 2, earlyBytes: Number.POSITIVE_INFINITY })
    await property(8, { threads: 3, earlyBytes: 0 })
  })
}

/** Text ends before a sentence of tokens, as the reader of a corpus has it. */
function withEnds(steps: readonly Step[]): Step[] {
  return steps.flatMap(step => (Array.isArray(step) ? ['end' as const, step] : [step]))
}

/** 20 MB, in lines and in one long line, with words that only one of them has. */
const text = Buffer.concat(
  [' ', '\n'].map((separator, part) =>
    Buffer.from(
      Array.from({ length: 100_000 }, (_, i) => {
        const random = new Random(7, part * 1e6 + i)
        return (
          Array.from({ length: 20 }, () => `W${Math.floor(30_000 ** random.uniform())}`).join(' ') +
          `é${part}`
        )
      }).join(separator),
    ),
  ),
)

const files = temporaryFolder({
  'text.txt': text,
  'text.gz': Buffer.concat([gzipSync(text.subarray(0, 9_000_001)), gzipSync(text.subarray(9_000_001))]),
})

test('the number of threads changes nothing about an encoded corpus, plain or packed, in memory or in a file', async () => {
  const digests = new Set<string>()
  for (const [name, threads, idMemory] of [
    ['text.txt', 1, 2 ** 30],
    ['text.txt', 2, 2 ** 30],
    ['text.txt', 5, 0],
    ['text.gz', 3, 2 ** 23],
  ] as const) {
    const { vocabulary, ids, facts } = await encodeCorpus([files(name), files(name)], { threads, idMemory })
    const hash = createHash('sha256')
    for (let id = 0; id < vocabulary.size; id++) hash.update(vocabulary.bytes(id)).update(' ')
    const numbers = new Int32Array(ids.length)
    ids.read(0, ids.length, numbers)
    hash.update(numbers).update(vocabulary.counts)
    digests.add(JSON.stringify([hash.digest('hex'), { ...facts, files: 2 }, ids.tokens]))
    ids.close()
  }
  assert.equal(digests.size, 1, [...digests].join('\n'))
})

test('bytes and sentences of tokens may follow each other, however many threads there are', async () => {
  async function* source() {
    yield text.subarray(0, 18_000_000)
    yield ['of', 'two words']
    yield text.subarray(18_000_000)
    yield 'a line'
  }
  const outcomes = []
  for (const threads of [1, 2]) {
    const { vocabulary, ids, facts } = await encodeCorpus(source(), { threads, minCount: 1 })
    const end = new Int32Array(20)
    ids.read(ids.length - 20, ids.length, end)
    outcomes.push([vocabulary.idOf('two words'), vocabulary.size, facts, ids.length, [...end]])
  }
  assert.deepEqual(outcomes[1], outcomes[0])
})

test('a signal ends the threads too', async () => {
  const controller = new AbortController()
  async function* endless() {
    for (let megabytes = 0; ; megabytes += 20) {
      yield text
      if (megabytes === 40) controller.abort()
    }
  }
  await assert.rejects(encodeCorpus(endless(), { threads: 2, signal: controller.signal }), {
    code: 'aborted',
  })
})

test('a file that breaks off ends the reading with the sentence of one thread', async () => {
  const broken = temporaryFolder({ 'broken.gz': gzipSync(text).subarray(0, -9) })('broken.gz')
  const messages = []
  for (const threads of [1, 2])
    messages.push(await encodeCorpus(broken, { threads }).catch(error => `${error.code}: ${error.message}`))
  assert.match(messages[0] as string, /^bad-data: .*the compressed data breaks off after/)
  const withoutPlace = messages.map(message => String(message).replace(/after [\d,]+ bytes/, ''))
  assert.equal(withoutPlace[1], withoutPlace[0]) // what is read before the error is seen is a matter of luck
})
