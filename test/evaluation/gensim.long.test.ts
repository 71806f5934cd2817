import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import {
  type AnalogyResult,
  type EvaluationOptions,
  evaluate,
  type SimilarityResult,
  type UncoveredPolicy,
} from '#evaluation/index'
import { load } from '#formats/index'

const here = (name: string) => fileURLToPath(new URL(`../../../test/vectors/${name}`, import.meta.url))
const vectors = await load(here('small.vec'))
const [questions, pairs] = [here('small-questions.txt'), here('small-pairs.tsv')]

type Settings = Required<Pick<EvaluationOptions, 'limit' | 'caseFolding' | 'unknown'>>

const settings: Settings[] = [45, 20].flatMap(limit =>
  [true, false].flatMap(caseFolding =>
    (['skip', 'zero'] as UncoveredPolicy[]).map(unknown => ({ limit, caseFolding, unknown })),
  ),
)

/** What gensim-answers.py says of the files: the total and the sections, and Pearson and Spearman. */
interface GensimScores {
  analogies: [number, [name: string, correct: number, wrong: number][]]
  pairs: [pearson: number, spearman: number, unknownPercent: number]
}

/** By gensim 4.2 with its own settings; the table is small, and so all its words take part. */
const GENSIM: GensimScores = {
  analogies: [
    0.5384615384615384,
    [
      ['family', 3, 3],
      ['capitals', 2, 2],
      ['gram1-past-tense', 2, 1],
      ['Total accuracy', 7, 6],
    ],
  ],
  pairs: [0.7682798695997431, 0.3266868331430057, 6.666666666666667],
}

async function ours(options: Settings): Promise<GensimScores> {
  const analogies = (await evaluate(vectors, questions, options)) as AnalogyResult
  const { pearson, spearman, ...similarity } = (await evaluate(vectors, pairs, options)) as SimilarityResult
  const wrong = ({ questions, covered, correct }: AnalogyResult['total']) =>
    (options.unknown === 'zero' ? questions : covered) - correct
  const sections = [...analogies.sections, { name: 'Total accuracy', ...analogies.total }]
  return {
    analogies: [
      analogies.total.accuracy ?? 0,
      sections.map(section => [section.name, section.correct, wrong(section)]),
    ],
    pairs: [pearson!, spearman!, (100 * similarity.uncovered) / similarity.pairs],
  }
}

function assertSame(scores: GensimScores, theirs: GensimScores): void {
  assert.deepEqual(scores.analogies[1], theirs.analogies[1])
  assert.ok(Math.abs(scores.analogies[0] - theirs.analogies[0]) < 1e-12)
  for (const [i, score] of scores.pairs.entries())
    assert.ok(Math.abs(score - theirs.pairs[i]!) < 1e-6, `${score}, ${theirs.pairs[i]}`)
}

const python = ['/usr/bin/python3', 'python3'].find(
  path => spawnSync(path, ['-c', 'import gensim, scipy']).status === 0,
)!
const skip = python ? false : 'no Python with gensim and SciPy is installed here'

test('analogies and pairs score what they scored with gensim', async () => {
  const scores = await ours({ limit: 45, caseFolding: true, unknown: 'skip' })
  assertSame(scores, GENSIM)
})

test('analogies and pairs score what they score with gensim, whatever the settings', { skip }, async () => {
  const input = settings.flatMap(({ limit, caseFolding, unknown }) => {
    const options = {
      restrict_vocab: limit,
      case_insensitive: caseFolding,
      dummy4unknown: unknown === 'zero',
    }
    return [
      ['analogies', [questions], options],
      ['pairs', [pairs, '\t'], options],
    ]
  })
  const { stdout, stderr } = spawnSync(python, [here('gensim-answers.py'), here('small.vec')], {
    input: JSON.stringify(input),
    encoding: 'utf8',
  })
  assert.ok(stdout, stderr)
  const theirs = JSON.parse(stdout)
  for (const [i, options] of settings.entries())
    assertSame(await ours(options), { analogies: theirs[2 * i], pairs: theirs[2 * i + 1] })
})
