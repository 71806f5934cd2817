import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawCost } from '#cost/draw-cost'
import { shortDuration } from '#cost/durations'
import { type CostReport, measureCost } from '#cost/measure-cost'
import { timePerPair } from '#cost/stopwatch'
import { assertClose } from '../equations/closeness.js'

/** Work that takes as long as it says, on a clock that only work moves. */
function fakeClock() {
  let time = 0
  const work = (seconds: number, pairs: number) => ({
    pairs,
    run: () => {
      time += seconds
      return 1
    },
  })
  return { now: () => time, work }
}

test('the time of a pair is that of a call, by its pairs', () => {
  const { now, work } = fakeClock()
  const fractions: number[] = []
  const works = [work(1e-5, 1), work(0.5, 16), work(0.003, 2)]
  const times = timePerPair(works, { seconds: 0.02, now, onProgress: done => fractions.push(done) })
  assertClose(times[0]! * 1e5, 1, 1e-6)
  assertClose(times[1]!, 0.5 / 16, 1e-9)
  assertClose(times[2]!, 0.0015, 1e-9)
  assert.ok(fractions.every((done, i) => done >= (fractions[i - 1] ?? 0) && done <= 1))
})

test('the median forgives a repeat that was disturbed', () => {
  let [time, calls] = [0, 0]
  const run = () => {
    time += ++calls % 5 === 0 ? 9 : 1
    return 0
  }
  assert.deepEqual(timePerPair([{ pairs: 1, run }], { seconds: 20, now: () => time }), [1])
})

test('all objectives are timed at all sizes, and every time is one', () => {
  const report = measureCost({
    vocabularySizes: [20, 40, 80],
    negativeSamples: [1, 3],
    dimensions: 4,
    seconds: 0.05,
  })
  assert.deepEqual(
    report.byVocabulary.map(({ objective, expectedSlope }) => [objective, expectedSlope]),
    [
      ['naive softmax', 1],
      ['batched softmax', 1],
      ['sampling, all rows', 1],
      ['hierarchical softmax', 0],
      ['negative sampling', 0],
    ],
  )
  for (const { points, slope } of report.byVocabulary) {
    assert.deepEqual(
      points.map(point => point.vocabularySize),
      [20, 40, 80],
    )
    assert.ok(Number.isFinite(slope) && points.every(point => point.secondsPerPair > 0))
  }
  assert.deepEqual(
    report.byNegatives.map(({ objective, points }) => [objective, ...points.map(p => p.negativeSamples)]),
    [['negative sampling', 1, 3]],
  )
  assert.ok(Number.isFinite(report.byNegatives[0]!.line.secondsEach))
})

test('vectors that would not fit are refused', () => {
  const options = { vocabularySizes: [2, 1e6], negativeSamples: [1, 2], dimensions: 1000, seconds: 1 }
  assert.throws(() => measureCost(options), { code: 'too-large', message: /1000000 words of 1000/ })
})

/** A report with times that were made up. */
function reportOf(times: Record<string, number[]>): CostReport {
  const curves = Object.entries(times).map(([objective, seconds]) => ({
    objective,
    claim: 'O(1)',
    points: seconds.map((secondsPerPair, i) => ({
      vocabularySize: 1000 * (i + 1),
      negativeSamples: 5,
      secondsPerPair,
    })),
    slope: 0.987,
    expectedSlope: 1,
  }))
  const byNegatives = [{ ...curves[0]!, line: { fixedSeconds: 1, secondsEach: 1 } }]
  return { dimensions: 7, byVocabulary: curves, byNegatives }
}

test('the picture names every curve with its slope, apart from each other and within its frame', () => {
  const svg = drawCost(
    reportOf({ one: [1e-6, 2e-6], two: [1e-3, 2e-3], three: [1.1e-3, 2.1e-3], four: [1, 2] }),
  )
  const labels = [
    ...svg.matchAll(
      /<text x="402" y="([\d.-]+)" [^>]+><tspan font-weight="600">(\w+)<.*?\|V\|<tspan [^>]+>0\.99</g,
    ),
  ]
  assert.deepEqual(
    labels.map(label => label[2]),
    ['four', 'three', 'two', 'one'],
  )
  const heights = labels.map(label => Number(label[1]))
  heights.forEach((height, i) => {
    assert.ok(height > -10 && height < 320 && height - (heights[i - 1] ?? -99) >= 39.9, `${heights}`)
  })
  assert.equal([...svg.matchAll(/<circle/g)].length, 10)
  assert.ok(!/NaN|undefined|Infinity/.test(svg))
  assert.match(svg, /<rect width="100%" height="100%" rx="10" fill="#fff"\/>/)
})

test('durations have the unit that suits them', () => {
  const texts = [0, 1, 70, 0.0099999, 1.234e-5, 9.999e-4, 5e-9, -2e-6].map(seconds => shortDuration(seconds))
  assert.deepEqual(texts, ['0 s', '1.00 s', '70.0 s', '10.0 ms', '12.3 µs', '1.00 ms', '5.00 ns', '−2.00 µs'])
  assert.equal(shortDuration(0.1, 1), '100 ms')
})
