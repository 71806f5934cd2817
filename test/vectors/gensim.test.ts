import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { load } from '#formats/index'
import { type Neighbor, wordMoversDistance } from '#vectors/index'

const here = (name: string) => fileURLToPath(new URL(`../../../test/vectors/${name}`, import.meta.url))
const vectors = await load(here('small.vec'))
const words = Array.from({ length: vectors.size }, (_, id) => vectors.vocabulary.word(id))

type Answer = string | number | number[] | string[] | [string, number][]
type Question = readonly [name: keyof typeof asked, ...given: readonly [readonly unknown[], object?]]

const listed = (found: Neighbor[]) =>
  found.map(({ word, similarity }): [string, number] => [word, similarity])

/** The same questions as gensim-answers.py knows, asked of Wordloom. */
const asked = {
  nearest: (positive: string[], negative: string[] = [], { count = 10, limit = vectors.size } = {}) =>
    listed(vectors.nearest({ positive, negative }, { count, limit })),
  multiplied: (positive: string[], negative: string[] = [], { count = 10 } = {}) =>
    listed(vectors.nearest({ positive, negative }, { count, method: 'multiply' })),
  weighted: (terms: [string, number][]) => listed(vectors.nearest({ positive: terms })),
  byVector: (numbers: number[]) => listed(vectors.nearest(Float32Array.from(numbers))),
  oddOneOut: (group: string[]) => vectors.oddOneOut(group, { unknown: 'skip' }),
  similarity: (a: string, b: string) => vectors.similarity(a, b),
  distance: (a: string, b: string) => vectors.distance(a, b),
  rank: (a: string, b: string) => vectors.rank(a, b),
  closerThan: (a: string, b: string) => vectors.closerThan(a, b),
  nSimilarity: (a: string[], b: string[]) => vectors.nSimilarity(a, b, { unknown: 'skip' }),
  meanVector: (group: string[], weights: number[] | null, preNormalize: boolean, postNormalize: boolean) => [
    ...vectors.meanVector(
      group.map((word, i) => [word, weights?.[i] ?? 1] as const),
      { preNormalize, postNormalize, unknown: 'skip' },
    ),
  ],
  wordMoversDistance: (a: string[], b: string[]) => wordMoversDistance(vectors, a, b, { unknown: 'skip' }),
  centrality: (group: string[]) => listed(vectors.centrality(group, { unknown: 'skip' })),
}

const sentences = [
  'the king walked to paris and the queen talked',
  'a dog and the prince of norway sang',
].map(text => text.split(' ').filter(word => vectors.has(word)))

const questions: Question[] = [
  ['nearest', [['king']]],
  ['nearest', [['king'], []], { count: 45 }],
  ['nearest', [['king', 'woman'], ['man']]],
  ['nearest', [['paris', 'italy'], ['france']], { count: 5 }],
  [
    'nearest',
    [
      ['cat', 'dog', 'red'],
      ['the', 'of'],
    ],
    { count: 20, limit: 15 },
  ],
  ['multiplied', [['king', 'woman'], ['man']]],
  [
    'multiplied',
    [
      ['cat', 'dog', 'cow', 'horse', 'sheep'],
      ['red', 'blue'],
    ],
    { count: 12 },
  ],
  ['multiplied', [['lunch']]],
  [
    'weighted',
    [
      [
        ['king', 2],
        ['man', -0.5],
        ['girl', 0.25],
      ],
    ],
  ],
  ['byVector', [[1, -0.5, 0.25, 2, 0, -1, 0.125, 3]]],
  ['oddOneOut', [['breakfast', 'cereal', 'dinner', 'lunch', 'horse']]],
  ['oddOneOut', [['red', 'green', 'unheard', 'oslo', 'blue']]],
  ['similarity', ['king', 'queen']],
  ['distance', ['walk', 'blue']],
  ['rank', ['king', 'aunt']],
  ['rank', ['king', 'king']],
  ['closerThan', ['sing', 'the']],
  [
    'nSimilarity',
    [
      ['king', 'queen', 'unheard'],
      ['cat', 'dog', 'dog'],
    ],
  ],
  ['meanVector', [['king', 'unheard', 'cow'], null, true, false]],
  ['meanVector', [['king', 'queen', 'cow'], [1, -2, 0.5], true, true]],
  ['meanVector', [['king', 'queen', 'cow'], [1, -2, 0.5], false, false]],
  ['wordMoversDistance', [sentences[0], sentences[1]]],
  ['wordMoversDistance', [['cat'], ['cat']]],
  [
    'wordMoversDistance',
    [
      ['king', 'king', 'cat'],
      ['queen', 'cat', 'the', 'the', 'of'],
    ],
  ],
  ['centrality', [['king', 'queen', 'man', 'unheard', 'cow', 'red']]],
]

function answersOf(questions: readonly Question[]): Answer[] {
  return questions.map(([name, given, options]) =>
    (asked[name] as (...given: unknown[]) => Answer)(...given, ...(options ? [options] : [])),
  )
}

/** gensim's float32 sums and ours differ in the last digits; the order of words may not. */
function assertSame(ours: Answer, theirs: Answer, question: string): void {
  if (Array.isArray(theirs) && Array.isArray(ours)) {
    assert.equal(ours.length, theirs.length, question)
    for (const [i, entry] of ours.entries()) assertSame(entry as Answer, theirs[i] as Answer, question)
  } else if (typeof theirs === 'number')
    assert.ok(
      Math.abs((ours as number) - theirs) < 2e-6 * Math.max(1, Math.abs(theirs)),
      `${question}: ${ours}, ${theirs}`,
    )
  else assert.equal(ours, theirs, question)
}

function assertAllSame(questions: readonly Question[], theirs: readonly Answer[]): void {
  assert.equal(theirs.length, questions.length)
  for (const [i, ours] of answersOf(questions).entries())
    assertSame(ours, theirs[i]!, JSON.stringify(questions[i]))
}

function askGensim(questions: readonly Question[]): Answer[] {
  const input = JSON.stringify(questions)
  const { stdout, stderr, status } = spawnSync(python, [here('gensim-answers.py'), here('small.vec')], {
    input,
    encoding: 'utf8',
  })
  assert.equal(status, 0, stderr)
  return JSON.parse(stdout)
}

const python = ['/usr/bin/python3', 'python3'].find(
  path => spawnSync(path, ['-c', 'import gensim, scipy']).status === 0,
)!
const skip = python ? false : 'no Python with gensim and SciPy is installed here'

test('answers and their order are those that gensim gave', () => {
  assertAllSame(questions, JSON.parse(readFileSync(here('gensim-answers.json'), 'utf8')))
})

test('answers and their order are those that gensim gives, for every word', { skip }, () => {
  const many = words.flatMap((word, i): Question[] => {
    const [b, c, d] = [7, 19, 31].map(step => words[(i + step) % words.length]!)
    return [
      ['nearest', [[word], []], { count: 45 }],
      ['nearest', [[word, b], [c]]],
      ['multiplied', [[word, b], [c]], { count: 45 }],
      ['rank', [word, d]],
      ['closerThan', [word, d]],
      ['oddOneOut', [[word, b, c, d]]],
      ['centrality', [[word, b, c, d]]],
      ['wordMoversDistance', [[word, b, c], words.slice(i % 30, (i % 30) + 10)]],
    ]
  })
  assertAllSame([...questions, ...many], askGensim([...questions, ...many]))
})
