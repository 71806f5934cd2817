import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as main from 'wordloom'
import { Model, Phrases, Vocabulary, WordloomError, WordVectors } from 'wordloom'
import * as check from 'wordloom/check'
import * as classification from 'wordloom/classification'
import * as comparison from 'wordloom/comparison'
import * as documents from 'wordloom/documents'
import * as evaluation from 'wordloom/evaluation'
import * as formats from 'wordloom/formats'
import * as graphs from 'wordloom/graphs'
import * as kernels from 'wordloom/kernels'
import * as phrases from 'wordloom/phrases'
import * as prediction from 'wordloom/prediction'
import * as retrieval from 'wordloom/retrieval'
import * as search from 'wordloom/search'
import * as text from 'wordloom/text'
import * as training from 'wordloom/training'
import * as vectors from 'wordloom/vectors'

type Call = (...given: unknown[]) => unknown

/** Rooms of equations and of drawing take numbers as they are, and are left out; so are these, which other rooms call. */
const INNER = [
  ...['checkVocabulary', 'saveVocabulary', 'recoded', 'subwordBuckets', 'subwordsOf', 'encodeJoined'],
  ...['usesSubwords', 'checkSavable', 'filesOf', 'formatOfExtension', 'formatOfOutput', 'lostIn', 'namesOf'],
  ...['otherFormatNamed', 'refuseSharedNames', 'installedProse'],
  ...['classifierFormatOf', 'isClassifierFile', 'describeClassifier'],
]
const rooms = {
  main,
  check,
  classification,
  comparison,
  documents,
  evaluation,
  formats,
  graphs,
  kernels,
  phrases,
  prediction,
  retrieval,
  search,
  text,
  training,
  vectors,
}
const isClass = (value: unknown) => /^class\b/.test(String(value))

const few = WordVectors.allocate(Vocabulary.of(['a', 'b', 'c', 'd']), 4)
few.matrix.data.set([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1])

test('every call of a room refuses to be made without arguments, or with what they cannot be, in words', async () => {
  for (const [room, exported] of Object.entries(rooms))
    for (const [name, value] of Object.entries(exported)) {
      if (typeof value !== 'function' || isClass(value) || INNER.includes(name)) continue
      for (const given of [[], [null], [7]]) await refusedInWords(value as Call, given, `${room} ${name}`)
    }
})

test('every question to vectors refuses what is no word, in words', async () => {
  const methods = Object.entries(Object.getOwnPropertyDescriptors(WordVectors.prototype)).flatMap(
    ([name, { value }]) =>
      typeof value === 'function' && !['constructor', 'with'].includes(name) ? name : [],
  )
  for (const name of methods)
    for (const given of [[], [null], [7], [Promise.resolve('a')]])
      await refusedInWords((...all) => (few[name as 'has'] as Call).apply(few, all), given, name)
  assert.throws(() => few.has(undefined as never), { code: 'usage', message: /the word is undefined/ })
  assert.throws(() => few.nearestBatch('a' as never), {
    code: 'usage',
    message: /the queries are of type string/,
  })
  assert.ok(Model && Phrases)
})

/** A call with a name that is nearly that of an option, and the option. */
const slips: readonly [string, () => unknown, string][] = [
  ['nearest', () => few.nearest('a', { cuont: 5 } as object), 'count'],
  ['nearestBatch', () => few.nearestBatch(['a'], { treshold: 0 } as object), 'threshold'],
  ['analogy', () => few.analogy('a', 'b', 'c', { metod: 'add' } as object), 'method'],
  ['sentenceVectors', () => main.sentenceVectors(few, [['a']], { poling: 'mean' } as object), 'pooling'],
  ['compress', () => vectors.compress(few, { precison: 'int8' } as object), 'precision'],
  ['evaluate', () => main.evaluate(few, 'none.txt', { limt: 5 } as object), 'limit'],
  ['readGraph', () => main.readGraph('none.txt', { direct: true } as object), 'directed'],
  [
    'walks',
    async () => [...main.walks(await main.readGraph([['a', 'b']]), { lenght: 3 } as object)],
    'length',
  ],
  ['learnPhrases', () => main.learnPhrases('none.txt', { treshold: 3 } as object), 'threshold'],
  ['compareModels', () => comparison.compareModels(few, few, { neighbours: 3 } as object), 'neighbors'],
  ['drift', () => comparison.drift(few, few, { limits: 3 } as object), 'limit'],
  ['align', () => comparison.align(few, few, { limits: 3 } as object), 'limit'],
  ['train', () => main.train('none.txt', { dimension: 3 } as object), 'dimensions'],
  ['train by gensim', () => main.train('none.txt', { vector_size: 3 } as object), 'dimensions'],
  ['checkText', () => check.checkText('none.txt', { epoch: 3 } as object), 'epochs'],
]

for (const [name, call, meant] of slips)
  test(`${name}: an option that is spelled wrong is refused with the one that is meant`, async () => {
    const error = await thrownBy(call)
    assert.ok(error instanceof WordloomError && error.code === 'usage', `${error}`)
    assert.match(error.message, new RegExp(`there is no option \\w+\\. Did you mean ${meant}\\?$`))
  })

async function refusedInWords(call: Call, given: readonly unknown[], name: string): Promise<void> {
  const error = await thrownBy(() => call(...given))
  const isRight = error === undefined || error instanceof WordloomError
  assert.ok(
    isRight && !(error instanceof WordloomError && error.code === 'internal'),
    `${name}(${given.join()}): ${error}`,
  )
}

/** Also what comes of the promise, or of the first step of a generator. */
async function thrownBy(call: () => unknown): Promise<unknown> {
  try {
    const result = await call()
    const given = Object(result)
    if (Symbol.asyncIterator in given) for await (const _ of given as AsyncIterable<unknown>) break
    else if (typeof given.next === 'function') given.next()
    return undefined
  } catch (error) {
    return error
  }
}
