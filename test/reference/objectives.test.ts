import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { checkGradient } from '#equations/gradient-check'
import { noiseWeights } from '#equations/noise'
import { logSumExp, softmax } from '#equations/softmax'
import { Random } from '#math/random'
import { architectures } from '#reference/architectures/table'
import type { Objective, OutputLayer } from '#reference/objectives/objective'
import { objectives } from '#reference/objectives/table'
import type { Moves } from '#reference/step'
import { sourcesOf } from '../house.js'

const WORDS = 11
const DIMENSIONS = 4
/** So small that a row which moves twice in a step hardly sees the first move the second time. */
const RATE = 1e-7
const counts = Float64Array.from({ length: WORDS }, (_, i) => Math.ceil(50 / (i + 1)))

/** Words for which hidden rows are trained together. */
function wordsFor(objective: Objective): number[] {
  return objective.drawsNoise || objective.takesBatches ? [3, 7] : [3, 3]
}

for (const objective of objectives as readonly Objective[]) {
  test(`${objective.name}: a step moves hidden and output rows down the gradient of its own loss`, () => {
    const before = someRows(objective)
    const after = copied(before)
    takeStep(objective, after, 'all')
    for (const matrix of ['hidden', 'output'] as const) {
      const gradient = before[matrix].map((row, i) => row.map((x, j) => (x - after[matrix][i]![j]!) / RATE))
      const lossAt = (at: readonly Float64Array[]) =>
        takeStep(objective, { ...before, [matrix]: at }, 'nothing')
      const { largestError } = checkGradient(lossAt, before[matrix], gradient, { step: 1e-4 })
      assert.ok(largestError < 1e-6, `${matrix}: ${largestError}`)
    }
  })

  test(`${objective.name}: judging moves nothing, and learning a document moves its hidden row alone`, () => {
    const before = someRows(objective)
    const [all, hidden, nothing] = [copied(before), copied(before), copied(before)]
    const losses = [
      takeStep(objective, all, 'all'),
      takeStep(objective, hidden, 'hidden'),
      takeStep(objective, nothing, 'nothing'),
    ]
    for (const loss of losses) assert.ok(Math.abs(loss / losses[0]! - 1) < 1e-12, losses.join())
    assert.deepEqual(nothing, before)
    assert.deepEqual(hidden.output, before.output)
    assert.notDeepEqual(all.output, before.output)
    const apart = hidden.hidden.flatMap((row, i) => [...row].map((x, j) => Math.abs(x - all.hidden[i]![j]!)))
    assert.ok(Math.max(...apart) < 1e-12) // a row that moves twice is seen anew the second time
  })

  test(`${objective.name}: rows at zero cost what is said, and no more rows are met than room is made for`, () => {
    const { hidden, output } = someRows(objective)
    const layer = layerOver(
      objective,
      output.map(row => row.fill(0)),
    )
    let met = 0
    const counting = {
      ...layer,
      outputRow(i: number) {
        met++
        return layer.outputRow(i)
      },
    }
    const step = objective.stepFor([3], new Random(5, 1), counting)
    const loss = step([hidden[0]!], [3], 0, { moves: 'nothing' })
    const said = objective.firstLoss(layer)
    assert.ok(loss > said / 3 && loss < said * 3, `${loss}, and ${said} is said`)
    const alone = Float64Array.from({ length: WORDS }, (_, word) => Number(word === 3))
    assert.ok(Math.abs(loss / objective.lossAtZero(layer, alone) - 1) < 1e-6, `${loss}`)
    if (!objective.takesBatches) assert.ok(met <= objective.mostRows(layer), `${met} rows`)
    assert.ok(objective.outputRows(WORDS) >= WORDS)
  })
}

// one-vs-all says of each word by itself how probable it is: test/prediction/prediction.test.ts
for (const objective of (objectives as readonly Objective[]).filter(
  one => !one.drawsNoise && !one.meetsAllLabels,
))
  test(`${objective.name}: odds of all words are those that its loss speaks of`, () => {
    const { hidden, output } = someRows(objective)
    const layer = layerOver(objective, output)
    const odds = objective.logOdds(hidden[0]!, { ...layer, noise: [] })
    assert.equal(odds.length, WORDS)
    const total = logSumExp(odds)
    for (let word = 0; word < WORDS; word++) {
      const step = objective.stepFor([word], new Random(5, 1), layer)
      const loss = step([hidden[0]!], [word], 0, { moves: 'nothing' })
      assert.ok(
        Math.abs(total - odds[word]! - loss) < 1e-6,
        `${word}: ${odds[word]}, and the loss is ${loss}`,
      )
    }
  })

test('negative-sampling: where its expected gradient vanishes, odds are the probabilities themselves', () => {
  const { logOdds } = objectives.find(one => 'drawsNoise' in one)!
  const noise = noiseWeights(counts, 0.75)
  const shares = noise.map(weight => weight / noise.reduce((sum, x) => sum + x, 0))
  const random = new Random(6, 6)
  const right = softmax(shares.map(() => 4 * random.uniform()))
  const negativeSamples = 3
  // w is drawn beside o, which is never drawn itself, K · P(w) / (1 − P(o)) times
  const drawn = shares.map((share, w) =>
    right.reduce((sum, p, o) => (o === w ? sum : sum + (p * negativeSamples * share) / (1 - shares[o]!)), 0),
  )
  const rows = right.map((p, w) => Math.log(p / drawn[w]!)) // u·h with h = 1
  const outputRow = (word: number) => rows.subarray(word, word + 1)
  const odds = logOdds([1] as never, { words: WORDS, outputRow, tree: undefined, negativeSamples, noise })
  softmax(odds).forEach((p, w) => {
    assert.ok(Math.abs(p - right[w]!) < 1e-12, `${w}: ${p}, and ${right[w]} is right`)
  })
})

/** Its comments are made from the tables, so that they name them. */
const DOCSTRINGS = 'src/training/options/options.ts'

test('only the tables know objectives and architectures by their names', () => {
  const names = [...objectives, ...architectures].map(({ name }) => name)
  const named = ['training', 'documents', 'prediction', 'cli', 'reference']
    .flatMap(room => sourcesOf(`src/${room}`))
    .filter(({ path }) => !/^src\/reference\/(objectives|architectures)\//.test(path))
    .map(({ path, text }) => ({ path, code: path === DOCSTRINGS ? text.replace(/^ +\*.*$/gm, '') : text }))
    .flatMap(({ path, code }) =>
      names
        .filter(name => new RegExp(`(?<!(word2vec|gensim|fasttext): )['"\`]${name}['"\`]`).test(code)) // their flags
        .map(name => `${path}: ${name}`),
    )
  assert.deepEqual(named, [])
})

test('docs/objectives.md has a row for each objective and architecture: node scripts/write-objectives.mjs', async () => {
  const root = fileURLToPath(new URL('../../../', import.meta.url))
  const { withTables } = await import(pathToFileURL(`${root}scripts/write-objectives.mjs`).href)
  const page = readFileSync(`${root}docs/objectives.md`, 'utf8')
  assert.equal(withTables(page, objectives, architectures), page)
})

interface Rows {
  readonly hidden: readonly Float64Array[]
  readonly output: readonly Float64Array[]
}

function someRows(objective: Objective): Rows {
  const random = new Random(4, 4)
  const rows = (count: number) =>
    Array.from({ length: count }, () =>
      Float64Array.from({ length: DIMENSIONS }, () => random.uniform() - 0.5),
    )
  return { hidden: rows(2), output: rows(objective.outputRows(WORDS)) }
}

function copied({ hidden, output }: Rows): Rows {
  return { hidden: hidden.map(row => row.slice()), output: output.map(row => row.slice()) }
}

function layerOver(objective: Objective, output: readonly Float64Array[]): OutputLayer {
  return {
    words: WORDS,
    outputRow: number => output[number]!,
    drawNoise: random => random.below(WORDS),
    negativeSamples: 3,
    tree: objective.tree?.(counts),
  }
}

/** The same draws every time; returns the loss. */
function takeStep(objective: Objective, { hidden, output }: Rows, moves: Moves): number {
  const words = wordsFor(objective)
  const step = objective.stepFor(words, new Random(5, 1), layerOver(objective, output))
  return step(hidden, words, RATE, { moves })
}
