import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { train, WordloomError } from 'wordloom'
import { learnPhrases, type PhraseOptions, Phrases, readPhrases, writeJoined } from 'wordloom/phrases'
import { plainPhrases } from './plain-phrases.js'

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wordloom-phrases-'))
})
after(() => rm(folder, { recursive: true, force: true }))

/** Sentences over few words, so that pairs repeat. */
const sentences = fc.array(
  fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'of', 'the', 'a_b', '__proto__'), { maxLength: 12 }),
  { minLength: 1, maxLength: 40 },
)

const usable = (text: readonly (readonly string[])[]) => new Set(text.flat()).size > 1

async function failure(work: Promise<unknown>): Promise<WordloomError> {
  const error = await work.then(
    () => assert.fail('nothing was thrown'),
    thrown => thrown,
  )
  assert.ok(error instanceof WordloomError, String(error))
  return error
}

for (const scoring of ['word2phrase', 'npmi'] as const)
  for (const connectors of [[], ['of', 'the']])
    test(`${scoring}${connectors.length > 0 ? ' with connectors' : ''}: phrases are those of a plain count`, async () => {
      await fc.assert(
        fc.asyncProperty(
          sentences.filter(usable),
          fc.integer({ min: 1, max: 3 }),
          fc.integer({ min: 1, max: 3 }),
          async (text, minCount, passes) => {
            const options = { scoring, connectors, minCount, threshold: 0.2, passes }
            const phrases = await learnPhrases(text, options)
            assert.deepEqual(
              text.map(sentence => phrases.apply(sentence)),
              plainPhrases(text, options),
            )
          },
        ),
        { numRuns: 60 },
      )
    })

test('with little memory for pairs the text is read more often, and the phrases are the same', async () => {
  const word = (i: number) => `w${Math.imul(i, 0x9e3779b1) >>> 21}`
  const text = Array.from({ length: 20 }, (_, s) =>
    Array.from({ length: 10_000 }, (_, i) => word(s * 10_000 + i)),
  )
  for (const minCount of [1, 2]) {
    const options: PhraseOptions = { threshold: 10, minCount }
    const roomy = await learnPhrases(text, options)
    const narrow = await learnPhrases(text, { ...options, pairMemory: 2 ** 20 })
    assert.deepEqual(narrow, roomy)
  }
})

test('a connector joins what it stands between, and begins or ends nothing', async () => {
  const filler = Array.from({ length: 400 }, (_, i) => [`x${i % 40}`, 'of', `y${i % 37}`])
  const bank = Array.from({ length: 10 }, () => ['the', 'bank', 'of', 'america', 'of'])
  const phrases = await learnPhrases([...filler, ...bank], { connectors: ['of', 'the'], threshold: 20 })
  assert.deepEqual([...phrases.words()], ['bank_of_america'])
  assert.deepEqual(phrases.apply(['of', 'bank', 'of', 'america', 'of', 'the', 'bank']), [
    ...['of', 'bank_of_america', 'of', 'the', 'bank'],
  ])
  assert.deepEqual(phrases.apply(['bank', 'america']), ['bank', 'america'])
})

test('pairs do not cross sentences', async () => {
  const text = Array.from({ length: 20 }, (_, i) => [`x${i}`, 'new']).flatMap(s => [s, ['york', `y${s[0]}`]])
  assert.equal((await learnPhrases(text, { threshold: 0 })).size, 0)
})

test('a threshold is one number for all passes, or one for each; a tokenizer may be a function', async () => {
  const lines = Array.from({ length: 20 }, (_, i) => `new york times x${i}`)
  const phrases = await learnPhrases({ lines }, { threshold: [1, 1] })
  assert.equal(phrases.passes.length, 2)
  assert.ok(phrases.size > 1)
  for (const threshold of [1, [1]])
    assert.deepEqual(await learnPhrases({ lines }, { threshold, passes: 2 }), phrases)
  const tokenizer = (line: string) => line.split(' ')
  assert.deepEqual(await learnPhrases({ lines }, { threshold: [1, 1], tokenizer }), phrases)
  const usual = (options: PhraseOptions) =>
    learnPhrases({ lines }, options).then(({ passes }) => passes.map(({ threshold }) => threshold))
  assert.deepEqual(await usual({ passes: 2, threshold: undefined }), [100, 100])
  assert.deepEqual(await usual({ scoring: 'npmi' }), [0.5])
})

test('a sentence to join is an array of strings', () => {
  const phrases = new Phrases({ scoring: 'npmi', minCount: 1, separator: '_', connectors: [], passes: [] })
  const wrong: [unknown, RegExp][] = [
    ['new york', /^Cannot join phrases: the sentence is of type string; expected an array of strings\.$/],
    [['new', 7], /: the sentence has a token that is no string; expected an array of strings\.$/],
  ]
  for (const [tokens, message] of wrong)
    assert.throws(() => phrases.apply(tokens as string[]), { code: 'usage', message })
})

test('phrases are saved and read again, compressed too', async () => {
  const text = Array.from({ length: 20 }, (_, i) => ['new', 'york', 'times', `x${i}`, '__proto__', 'é"\\'])
  const phrases = await learnPhrases(text, { threshold: [1, 1], passes: 2 })
  assert.ok([...phrases.words()].some(word => word.split('_').length > 2))
  for (const name of ['p.json', 'p.json.gz']) {
    await phrases.save(join(folder, name))
    const back = await readPhrases(join(folder, name))
    assert.deepEqual({ ...back }, { ...phrases })
    assert.deepEqual(
      text.map(s => back.apply(s)),
      text.map(s => phrases.apply(s)),
    )
  }
})

test('training with phrases gives the bytes of training on the text in which they are written', async () => {
  const text = Array.from(
    { length: 3000 },
    (_, i) => `we saw new york ${i % 50} and x${i % 7} y${i % 7}`,
  ).join('\n')
  await writeFile(join(folder, 'text.txt'), text)
  const { phrases, tokens, corpus } = await writeJoined(
    join(folder, 'text.txt'),
    join(folder, 'joined.txt.gz'),
    {
      threshold: 5,
    },
  )
  assert.ok(phrases.size > 0 && tokens < corpus.tokens)
  const lines = gunzipSync(await readFile(join(folder, 'joined.txt.gz'))).toString()
  assert.match(lines, /^we_saw_? ?.*new_york/m)
  const options = { dimensions: 8, epochs: 1, threads: 1 }
  const [a, b] = [
    await train(join(folder, 'text.txt'), { ...options, phrases }),
    await train(join(folder, 'joined.txt.gz'), { ...options, tokenizer: 'whitespace' }),
  ]
  assert.deepEqual([...a.vocabulary.words()], [...b.vocabulary.words()])
  assert.deepEqual(a.vocabulary.counts, b.vocabulary.counts)
  assert.deepEqual(a.vectors.matrix.data, b.vectors.matrix.data)
  const c = await train(join(folder, 'text.txt'), { ...options, phrases, vocabulary: b.vocabulary })
  assert.deepEqual(c.vectors.matrix.data, b.vectors.matrix.data)
})

test('streams of sentences pass one by one', async () => {
  const parts = { scoring: 'npmi', minCount: 1, separator: '+', connectors: [] } as const
  const phrases = new Phrases({
    ...parts,
    passes: [{ threshold: 0, phrases: [{ words: ['a', 'b'], count: 1, score: 1 }] }],
  })
  const joined: string[][] = []
  for await (const sentence of phrases.applyAll([['a', 'b', 'a'], []])) joined.push(sentence)
  assert.deepEqual(joined, [['a+b', 'a'], []])
})

test('options out of range and files of something else are refused in a sentence', async () => {
  const text = [['a', 'b']]
  const wrong: [PhraseOptions, RegExp][] = [
    [{ minCount: 0 }, /: minCount is 0; expected a whole number from 1 up\.$/],
    [{ threshold: Number.NaN }, /: threshold is NaN; expected 1 or more numbers\.$/],
    [{ threshold: [] }, /: threshold is \[\]; expected 1 or more numbers\.$/],
    [
      { threshold: [1, 2], passes: 3 },
      /: threshold has 2 numbers, and passes is 3; expected one number, or 3, one for each pass\.$/,
    ],
    [{ scoring: 'pmi' as 'npmi' }, /: scoring is "pmi"; expected one of word2phrase, npmi\.$/],
    [{ separator: ' ' }, /: separator is " "; expected text without white space\.$/],
    [{ pairMemory: 10 }, /: pairMemory is 10; expected a whole number from 1,048,576 to 17,179,869,183\.$/],
    [{ passes: 0 }, /: passes is 0; expected a whole number from 1 to 10\.$/],
  ]
  for (const [options, message] of wrong) {
    const error = await failure(learnPhrases(text, options))
    assert.equal(error.code, 'usage')
    assert.match(error.message, message)
  }
  const files: [string, RegExp][] = [
    ['{', /this is not JSON/],
    ['[]', /its "format" is missing/],
    ['{"format":"wordloom phrases 1"}', /its "scoring" is missing/],
    [
      '{"format":"wordloom phrases 1","scoring":"npmi","minCount":1,"separator":"_","connectors":[],"passes":[{"threshold":1,"phrases":[{"words":["a"]}]}]}',
      /pass 1, phrase 1: its "words" are \["a"\]/,
    ],
  ]
  for (const [content, message] of files) {
    await writeFile(join(folder, 'wrong.json'), content)
    const error = await failure(readPhrases(join(folder, 'wrong.json')))
    assert.equal(error.code, 'bad-data')
    assert.match(error.message, message)
  }
  assert.equal((await failure(readPhrases(join(folder, 'none.json')))).code, 'no-input')
})

test('a byte order mark before a file of phrases is no part of it', async () => {
  const path = join(folder, 'marked.json')
  await new Phrases({ scoring: 'npmi', minCount: 1, separator: '_', connectors: [], passes: [] }).save(path)
  await writeFile(path, `\ufeff${await readFile(path, 'utf8')}`)
  assert.equal((await readPhrases(path)).separator, '_')
})
