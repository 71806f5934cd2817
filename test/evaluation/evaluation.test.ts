import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import {
  type AnalogyResult,
  type EvaluationOptions,
  evaluate,
  evaluateAnalogies,
  evaluatePaired,
  evaluateSimilarity,
  type SimilarityResult,
} from '#evaluation/index'
import { row } from '#math/matrix'
import { Random } from '#math/random'
import { Vocabulary } from '#text/vocabulary/vocabulary'
import { WordVectors } from '#vectors/index'

const folder = await mkdtemp(join(tmpdir(), 'wordloom-'))
after(() => rm(folder, { recursive: true, force: true }))

const shared = fileURLToPath(new URL('../../../../shared/data/', import.meta.url))
const skip = existsSync(shared) ? false : 'the shared test data is not beside this checkout'

function vectorsOf(words: readonly string[], dimensions = 5): WordVectors {
  const vectors = WordVectors.allocate(Vocabulary.of(words), dimensions)
  const random = new Random(4, 2)
  vectors.matrix.data.forEach((_, i) => {
    vectors.matrix.data[i] = i % vectors.matrix.stride < dimensions ? random.uniform() - 0.5 : 0
  })
  return vectors
}

/** Each word is its group plus its role, so that every analogy has an exact answer. */
function planted(): WordVectors {
  const words = ['Athens', 'greece', 'Oslo', 'Norway', 'go', 'went', 'see', 'saw', 'oslo', 'noise']
  const vectors = vectorsOf(words, 8)
  const group = [0, 0, 1, 1, 2, 2, 3, 3, 1, 4]
  words.forEach((_, i) => {
    row(vectors.matrix, i).fill(0)
    row(vectors.matrix, i)[group[i]!] = 1
    row(vectors.matrix, i)[5 + (i % 2)] = 1
  })
  return vectors
}

async function evaluated(vectors: WordVectors, content: string | Uint8Array, options?: EvaluationOptions) {
  const path = join(folder, 'questions')
  await writeFile(path, content)
  return evaluate(vectors, path, options)
}

test('analogies are scored a section, a kind and in total, with what is covered', async () => {
  const file = `: capitals\r
athens Greece oslo norway\r
OSLO NORWAY ATHENS GREECE
Athens Greece Oslo Rome
: gram1-past
go went see saw
go went see see`
  for (const method of ['add', 'multiply'] as const) {
    const { file: _, ...result } = (await evaluated(planted(), file, { method, resamples: 0 })) as {
      file: string
    } & AnalogyResult
    const score = (questions: number, covered: number, correct: number, unexcluded = correct) => ({
      questions,
      covered,
      bySubwords: 0,
      uncovered: questions - covered,
      correct,
      accuracy: correct / covered,
      interval: null,
      correctUnexcluded: unexcluded,
      accuracyUnexcluded: unexcluded / covered,
    })
    assert.deepEqual(result, {
      kind: 'analogies',
      method,
      limit: 10,
      caseFolding: true,
      unknown: 'skip',
      sections: [
        { name: 'capitals', kind: 'semantic', ...score(3, 2, 2) },
        { name: 'gram1-past', kind: 'syntactic', ...score(2, 2, 1) },
      ],
      semantic: score(3, 2, 2),
      syntactic: score(2, 2, 1),
      total: score(5, 4, 3),
    })
  }
})

test('without case folding, and among fewer words, fewer questions are covered', async () => {
  const file = ': a\nAthens greece Oslo Norway\nathens greece oslo norway\n'
  const total = async (options: EvaluationOptions) => {
    const { questions, covered, uncovered, correct, accuracy } = (
      (await evaluated(planted(), file, options)) as AnalogyResult
    ).total
    return { questions, covered, uncovered, correct, accuracy }
  }
  assert.deepEqual(await total({ caseFolding: false }), {
    questions: 2,
    covered: 1,
    uncovered: 1,
    correct: 1,
    accuracy: 1,
  })
  assert.deepEqual(await total({ limit: 3 }), {
    questions: 2,
    covered: 0,
    uncovered: 2,
    correct: 0,
    accuracy: null,
  })
})

test('a word has the row of its own spelling, and letters are one only where their small letters are', async () => {
  const words = ['Isi', 'ısı', 'isi', 'ılık', 'ilik', 'Masse', 'Maße', 'APPLE', 'apple', 'Pear', 'x']
  const vectors = vectorsOf(words)
  const pairs =
    'ısı\tx\t1\nisi\tx\t2\nılık\tx\t3\nilik\tx\t4\nmasse\tx\t5\nmaße\tx\t6\napple\tx\t7\npear\tx\t8\n'
  const exact = pairs.replace('masse', 'Masse').replace('maße', 'Maße').replace('pear', 'Pear')
  const folded = (await evaluated(vectors, pairs, { resamples: 0 })) as SimilarityResult
  const asWritten = (await evaluated(vectors, exact, {
    caseFolding: false,
    resamples: 0,
  })) as SimilarityResult
  assert.equal(folded.covered, 8)
  assert.deepEqual([folded.spearman, folded.pearson], [asWritten.spearman, asWritten.pearson])
})

test('answers that differ from the right one in case are right, and those of ı and i are not', async () => {
  const correct = async (answers: readonly string[], line: string) => {
    const vectors = vectorsOf(['a', 'b', 'c', ...answers], 3)
    const rows = [
      [1, 0, 0],
      [0, 1, 0],
      [1, 0, 1],
      [0, 1, 0.7],
      [0, 0.2, -1],
    ]
    for (const [i, numbers] of rows.entries()) row(vectors.matrix, i).set(numbers)
    return ((await evaluated(vectors, line)) as AnalogyResult).total.correct
  }
  assert.equal(await correct(['D', 'd'], 'A B C d'), 1)
  assert.equal(await correct(['ısı', 'isi'], 'a b c ısı'), 1)
  assert.equal(await correct(['ısı', 'isi'], 'a b c isi'), 0)
})

test('every analogy is answered as the single query answers it, whatever the block', async () => {
  const words = Array.from({ length: 5000 }, (_, i) => `w${i}`)
  const vectors = vectorsOf(words, 20)
  const random = new Random(1, 1)
  const questions = Array.from({ length: 60 }, () => {
    const [a, b, c] = [0, 0, 0].map(() => words[random.below(5000)]!)
    return [a!, b!, c!] as const
  })
  for (const method of ['add', 'multiply'] as const) {
    const lines = questions.map(([a, b, c]) => [
      a,
      b,
      c,
      vectors.analogy(a, b, c, { count: 1, method })[0]!.word,
    ])
    const result = await evaluated(vectors, lines.map(line => line.join(' ')).join('\n'), { method })
    assert.equal((result as AnalogyResult).total.correct, 60)
    assert.deepEqual(
      (result as AnalogyResult).sections.map(({ name, kind }) => [name, kind]),
      [['', null]],
    )
  }
})

test('word pairs are read whatever parts them, and correlated', async () => {
  const vectors = planted()
  const files = [
    '# comment\nWord 1\tWord 2\tHuman (mean)\ngo\twent\t9\nsee\tsaw\t9.0\r\ngo\tsaw\t1\nGO\tnowhere\t5',
    'Word 1,Word 2,Human (mean)\ngo,went,9\nsee, saw ,9.0\ngo,saw,1\ngo,nowhere,5\n',
    'go went 9\nsee  saw 9.0\n\ngo saw 1\ngo nowhere 5\n',
  ]
  for (const file of files) {
    const { file: _, ...result } = (await evaluated(vectors, file, { resamples: 0 })) as {
      file: string
    } & SimilarityResult
    assert.deepEqual(
      { ...result, spearman: result.spearman!.toFixed(6), pearson: result.pearson!.toFixed(6) },
      {
        kind: 'similarity',
        limit: 10,
        caseFolding: true,
        unknown: 'skip',
        pairs: 4,
        covered: 3,
        bySubwords: 0,
        uncovered: 1,
        spearman: '1.000000',
        interval: null,
        pearson: '1.000000',
      },
    )
  }
})

test('a correlation that is not defined is null, and can be told from 0', async () => {
  for (const file of ['go\twent\t9\n', 'go\twent\t9\nsee\tsaw\t9\n', 'no\tone\t1\nno\ttwo\t3\n']) {
    const result = (await evaluated(planted(), file)) as SimilarityResult
    assert.deepEqual([result.spearman, result.pearson], [null, null])
  }
})

test('files that ask nothing are refused with the line and what was expected', async () => {
  const wrong: [string | Uint8Array, RegExp][] = [
    ['', /the file is empty/],
    ['\n \n# only a comment\n', /the file is empty/],
    [': section\n', /sections but no questions/],
    [': section\na b c\n', /line 2: "a b c" has 3 words; expected four words/],
    [': section\na b c d e\n', /line 2: .* has 5 words/],
    ['a b c d\n\na b\n', /line 3: "a b" has 2 words/],
    ['one word and more than that\n', /line 1: .*; expected analogies .* or pairs/],
    ['a\tb\t1\nc\td\n', /line 2: .* has 2 fields; expected two words and a score/],
    ['a\tb\t1\nc\td\tfar\n', /line 2: the score "far" is not a number/],
    ['a\tb\t1\nc\td\t0x10\n', /line 2: the score "0x10"/],
    ['a\tb\t1\n\td\t3\n', /line 2: .*two words and a score/],
    ['a\tb\tscore\n', /there is no pair of words/],
    [Uint8Array.of(0x61, 0x0a, 0xff, 0xfe, 0x00), /line 2: this is not UTF-8 text/],
    [new Uint8Array(100), /line 1: this is not UTF-8 text/],
  ]
  for (const [content, message] of wrong)
    await assert.rejects(evaluated(planted(), content), { code: 'bad-data', message })
  await assert.rejects(evaluate(planted(), join(folder, 'missing')), { code: 'no-input' })
})

test('an option that cannot be is refused before a file is read', async () => {
  const wrong: [object, string][] = [
    [{ limit: 0 }, 'limit is 0; expected a whole number from 1 up'],
    [{ method: 'x' }, 'method is "x"; expected one of add, multiply'],
    [{ unknown: 'guess' }, 'unknown is "guess"; expected one of skip, zero, subwords'],
    [{ caseFolding: 'no' }, 'caseFolding is "no"; expected true or false'],
    [{ baseline: 1 }, 'baseline is 1; expected true or false'],
    [{ resamples: -1 }, 'resamples is -1; expected a whole number from 0 to 1,000,000'],
    [{ resamples: 1_000_001 }, 'resamples is 1000001; expected a whole number from 0 to 1,000,000'],
    [{ seed: 0.5 }, 'seed is 0.5; expected a whole number from 0 up'],
  ]
  const missing = join(folder, 'missing')
  for (const [options, message] of wrong) {
    const error = { code: 'usage', message: `Cannot evaluate: ${message}.` }
    await assert.rejects(evaluate(planted(), missing, options), error)
    await assert.rejects(evaluatePaired(planted(), planted(), missing, options), error)
    assert.throws(() => evaluateAnalogies(planted(), [], options), error)
    assert.throws(() => evaluateSimilarity(planted(), [], options), error)
  }
})

test('the published sets are read whole', { skip }, async () => {
  const counts: Record<string, number> = {
    'analogy/questions-words.txt': 19544,
    'analogy/questions-phrases.txt': 3218,
    'analogy_zh/ca-translated/family.txt': 272,
    'similarity/EN-WS-353-ALL.txt': 353,
    'similarity/EN-MEN-TR-3k.txt': 3000,
    'similarity/EN-MTurk-287.txt': 287,
    'similarity/EN-VERB-143.txt': 144,
    'similarity/ES-WS-353.txt': 352,
    'similarity/wordsim353.tsv': 353,
    'similarity/simlex999.txt': 999,
  }
  const vectors = planted()
  for (const [file, count] of Object.entries(counts)) {
    const result = await evaluate(vectors, join(shared, 'eval', file))
    assert.equal(result.kind === 'analogies' ? result.total.questions : result.pairs, count, file)
  }
  for (const file of readdirSync(join(shared, 'eval/similarity')))
    assert.equal((await evaluate(vectors, join(shared, 'eval/similarity', file))).kind, 'similarity')
})
