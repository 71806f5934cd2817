import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readlinkSync } from 'node:fs'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'
import fc from 'fast-check'
import { SpoolFile } from '#files/spool'
import { CHUNK_IDS } from '#ids/chunked-ids'
import { type CorpusProgress, type CorpusSource, encodeCorpus, TokenIds, Vocabulary } from '#text/index'
import { temporaryFolder } from './temporary.js'

const fileTable = existsSync('/proc/self/fd')
const noLimits = process.platform === 'win32' ? 'no ulimit on this system' : false

const files = temporaryFolder({
  'empty.txt': '',
  'blank.txt': ' \n\t\n',
  'rare.txt': 'a b c d e f',
  'one.txt': 'a a a a a b',
  'long.txt': 'x'.repeat(2000),
  'report.txt': Array.from({ length: 3000 }, (_, i) => `word${i % 7} and another one`).join('\n'),
})

function allOf(ids: TokenIds): number[] {
  const all = new Int32Array(ids.length)
  ids.read(0, ids.length, all)
  return [...all]
}

test('words get ids by frequency, rare words and empty sentences vanish', async () => {
  const lines = ['b a c b', 'rare', 'b a', '', 'c']
  const { vocabulary, ids, facts } = await encodeCorpus({ lines }, { minCount: 2 })
  assert.deepEqual([...vocabulary.words()], ['b', 'a', 'c'])
  assert.deepEqual([...vocabulary.counts], [3, 2, 2])
  assert.deepEqual(allOf(ids), [0, 1, 2, 0, -1, 0, 1, -1, 2, -1])
  assert.deepEqual([ids.tokens, vocabulary.tokens, facts.tokens, facts.sentences], [7, 7, 8, 4])
})

test('the last report has all tokens, for every kind of text and any number of threads', async () => {
  const lines = Array.from({ length: 3000 }, (_, i) => `word${i % 7} and another one`)
  const text = lines.join('\n')
  const kinds: readonly (() => CorpusSource)[] = [
    () => files('report.txt'),
    () => ({ lines }),
    () => lines.map(line => line.split(' ')),
    () => [Buffer.from(text)].values() as unknown as Iterable<string>,
  ]
  for (const threads of [1, 2, 3])
    for (const source of kinds) {
      const told: number[] = []
      const onProgress = ({ tokens }: CorpusProgress) => void told.push(tokens)
      const { facts } = await encodeCorpus(source(), { threads, onProgress })
      assert.deepEqual([told.at(-1), facts.tokens], [12_000, 12_000])
    }
})

test('words to keep are dropped neither for their count nor for the room that there is', async () => {
  const lines = ['a a a b b c d', 'a b e']
  const keep = Vocabulary.of(['d', 'c', 'absent'])
  const wordsOf = async (limits: object) => [
    ...(await encodeCorpus({ lines }, { ...limits, keep })).vocabulary.words(),
  ]
  assert.deepEqual(await wordsOf({ minCount: 3 }), ['a', 'b', 'c', 'd'])
  assert.deepEqual(await wordsOf({ minCount: 1, maxWords: 3 }), ['a', 'c', 'd'])
  assert.deepEqual(await wordsOf({ minCount: 9 }), ['c', 'd'])
  const known = Vocabulary.of(['a', 'd'], Float64Array.of(10, 1))
  assert.deepEqual(await wordsOf({ minCount: 3, known }), ['a', 'b', 'd', 'c'])
})

test('a vocabulary given is used as it is', async () => {
  const vocabulary = Vocabulary.of(['dog', 'cat'])
  const { ids, vocabulary: used } = await encodeCorpus(
    { lines: ['a cat', 'none', 'dog cat bird'] },
    { vocabulary },
  )
  assert.equal(used, vocabulary)
  assert.deepEqual(allOf(ids), [1, -1, 0, 1, -1])
})

test('encoding and decoding gives the sentences back without the words that were dropped', async () => {
  const word = fc.constantFrom('__proto__', 'constructor', '</s>', 'toString', 'a', 'b', 'é', 'New York')
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(word), { minLength: 1 }),
      fc.integer({ min: 1, max: 3 }),
      async (sentences, minCount) => {
        const counts = new Map<string, number>()
        for (const token of sentences.flat()) counts.set(token, (counts.get(token) ?? 0) + 1)
        const kept = sentences
          .map(it => it.filter(token => counts.get(token)! >= minCount))
          .filter(it => it.length > 0)
        if (new Set(kept.flat()).size < 2) return
        const { vocabulary, ids } = await encodeCorpus(new Set(sentences), { minCount })
        const decoded = allOf(ids).map(id => (id < 0 ? -1 : vocabulary.word(id)))
        assert.deepEqual(
          decoded,
          kept.flatMap(it => [...it, -1]),
        )
        for (const [token, count] of counts)
          assert.equal(vocabulary.counts[vocabulary.idOf(token) ?? -1], count >= minCount ? count : undefined)
      },
    ),
  )
})

test('texts with nothing to learn are refused by name', async () => {
  const refused: [string, RegExp][] = [
    ['empty.txt', /empty\.txt: it holds nothing/],
    ['blank.txt', /blank\.txt: it holds no words/],
    ['long.txt', /long\.txt: it holds only tokens over 1,000 bytes/],
    ['rare.txt', /rare\.txt: there are 6 different words, and none occurs 5 times or more; .*Lower minCount/],
    ['one.txt', /one\.txt: of 2 different words only one is kept/],
  ]
  for (const [name, message] of refused)
    await assert.rejects(encodeCorpus(files(name)), { code: 'bad-data', message })
  await assert.rejects(encodeCorpus([files('rare.txt'), files('empty.txt')]), {
    message: /rare\.txt and 1 file more: there are 6/,
  })
  await assert.rejects(encodeCorpus({ lines: [] }), {
    message: /^Cannot read the text given: it holds nothing/,
  })
  const vocabulary = Vocabulary.of(['x', 'y'])
  await assert.rejects(encodeCorpus(files('rare.txt'), { vocabulary }), {
    message: /none of its 6 tokens is in the vocabulary/,
  })
})

test('ids pass from chunk to chunk, and renumbering gives chunks back', () => {
  for (const pack of [false, true]) {
    const ids = new TokenIds()
    const count = 2 * CHUNK_IDS + 5
    const some = Int32Array.from({ length: 10_000 }, (_, i) => (i % 10 === 9 ? -1 : i % 10))
    for (let left = count; left > 0; left -= some.length) ids.append(some.subarray(0, left))
    const end = CHUNK_IDS + 10 - (CHUNK_IDS % 10) // a multiple of ten
    assert.deepEqual(
      [ids.length, ids.share().chunks.length, ids.get(end), ids.get(end - 1)],
      [count, 3, 0, -1],
    )
    const part = new Int32Array(12)
    ids.read(end - 10, end - 2, part, 2)
    assert.deepEqual([...part], [0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 0, 0])

    ids.renumber([Int32Array.from({ length: 10 }, (_, id) => (id === 4 ? 0 : -1))], pack)
    const { chunks, packed } = ids.share()
    assert.deepEqual(
      [...chunks, ...(packed?.buffers ?? [])].map(it => it.byteLength),
      [ids.length * (pack ? 2 : 4)],
    )
    assert.deepEqual([ids.get(0), ids.get(1), ids.get(2)], [0, -1, 0])
    assert.equal(ids.tokens, Math.floor((count + 5) / 10))
    const { length } = ids
    ids.push(7)
    assert.deepEqual([ids.get(length), ids.get(length - 1), ids.length], [7, -1, length + 1])
  }
})

test('ids are packed in half their memory where few words are beyond 16 bits', async () => {
  const frequent = Array.from({ length: 65_534 }, (_, i) => `w${i}`)
  const rare = Array.from({ length: 3000 }, (_, i) => `rare${i}`)
  const { ids, vocabulary } = await encodeCorpus(
    { lines: [frequent.join(' '), frequent.join(' '), rare.join(' ')] },
    { minCount: 1 },
  )
  assert.equal(vocabulary.size, 68_534)
  assert.ok(ids.share().packed)
  assert.deepEqual(
    allOf(ids).map(id => (id < 0 ? '' : vocabulary.word(id))),
    [...frequent, '', ...frequent, '', ...rare, ''],
  )
  const lines = [frequent.join(' '), frequent.map(word => `x${word}`).join(' ')]
  assert.equal((await encodeCorpus({ lines }, { minCount: 1 })).ids.share().packed, undefined)
})

test('ids past their memory go to a file, and nothing else changes', () => {
  const number = fc.integer({ min: -1, max: 50 })
  const lists = fc.array(
    fc.array(number, { maxLength: 40 }).map(it => Int32Array.from(it)),
    { maxLength: 12 },
  )
  const finalIds = fc.array(number, { minLength: 51, maxLength: 51 }).map(it => Int32Array.from(it))
  fc.assert(
    fc.property(lists, fc.integer({ min: 1, max: 3000 }), finalIds, (given, times, renumbered) => {
      const inMemory = new TokenIds()
      const inFile = new TokenIds({ memory: 0, open: SpoolFile.create })
      for (const ids of [inMemory, inFile]) {
        for (let time = 0; time < times; time += 50) for (const list of given) ids.append(list)
        for (const id of given[0] ?? []) ids.push(id)
      }
      const same = () => {
        assert.deepEqual(allOf(inFile), allOf(inMemory))
        assert.deepEqual([inFile.length, inFile.tokens], [inMemory.length, inMemory.tokens])
        for (let place = inFile.length - 1; place >= 0; place -= 97)
          assert.equal(inFile.get(place), inMemory.get(place))
      }
      same()
      for (const ids of [inMemory, inFile]) ids.renumber([renumbered])
      same()
      inMemory.append(Int32Array.of(7, -1))
      inFile.append(Int32Array.of(7, -1))
      same()
      inFile.close()
    }),
    { numRuns: 60 },
  )
})

test('a text in a file beyond its memory is the text in memory; the file goes with it', async () => {
  const lines = Array.from({ length: 4000 }, (_, i) => `a b c w${i % 50} rare${i} x`)
  process.env.TMPDIR = files('spools')
  mkdirSync(files('spools'))
  const [small, large] = [
    await encodeCorpus({ lines }, { idMemory: 0 }),
    await encodeCorpus({ lines }, { idMemory: 2 ** 24 }),
  ]
  assert.deepEqual(allOf(small.ids), allOf(large.ids))
  assert.equal(spoolsOpen(), fileTable ? 1 : 0)
  small.ids.close()
  large.ids.close()
  await assert.rejects(encodeCorpus({ lines: ['rare'.repeat(5)] }, { idMemory: 0 }), { code: 'bad-data' })
  const controller = new AbortController()
  function* aborted() {
    yield 'a b c'
    controller.abort()
    for (;;) yield 'd e f'
  }
  const stopped = encodeCorpus(aborted(), { idMemory: 0, signal: controller.signal })
  await assert.rejects(stopped, { code: 'aborted' })
  assert.equal(spoolsOpen(), 0)
  assert.deepEqual(readdirSync(files('spools')), [])
})

test('where the temporary file finds no room, a sentence says so', { skip: noLimits }, () => {
  const script = `
    import { encodeCorpus } from ${JSON.stringify(import.meta.resolve('#text/index'))}
    function* lines() { for (let i = 0; i < 100_000; i++) yield 'one two three four' }
    await encodeCorpus(lines(), { idMemory: 0 }).catch(error => console.log(error.code, error.message))`
  const child = spawnSync(
    'sh',
    ['-c', 'ulimit -f 200 && exec "$0" --input-type=module -e "$1"', process.execPath, script],
    { encoding: 'utf8' },
  )
  assert.match(
    child.stdout,
    /^not-written Cannot write .*\.ids: .*name another folder in TMPDIR/,
    child.stderr,
  )
})

/** Spools of this process that are open, on systems that tell. */
function spoolsOpen(): number {
  if (!fileTable) return 0
  const targets = readdirSync('/proc/self/fd').map(name => {
    try {
      return readlinkSync(`/proc/self/fd/${name}`)
    } catch {
      return ''
    }
  })
  return targets.filter(target => target.startsWith(files('spools'))).length
}

test('a worker thread sees the ids without a copy', async () => {
  const ids = new TokenIds()
  for (const id of [3, 1, -1, 2]) ids.push(id)
  const script = `
    import('node:worker_threads').then(async ({ parentPort, workerData }) => {
      const { TokenIds } = await import(workerData.module)
      const ids = TokenIds.over(workerData.shared)
      new Int32Array(workerData.shared.chunks[0])[0] = 9
      parentPort.postMessage([ids.get(1), ids.tokens, ids.length])
    })`
  const workerData = { module: import.meta.resolve('#text/index'), shared: ids.share() }
  const worker = new Worker(script, { eval: true, workerData })
  const seen = await new Promise((resolve, reject) => worker.on('message', resolve).on('error', reject))
  await worker.terminate()
  assert.deepEqual([seen, ids.get(0)], [[1, 3, 4], 9])
})
