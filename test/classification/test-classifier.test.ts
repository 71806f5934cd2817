import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import {
  type Classifier,
  loadClassifier,
  pointAtPrecision,
  pointAtRecall,
  precisionAtRecall,
  recallAtPrecision,
  testClassifier,
} from '#classification/index'

const models = fileURLToPath(new URL('../../../test/classification/models/', import.meta.url))
const labelled = join(models, 'labelled.txt')

/** What `fasttext test MODEL labelled.txt K THRESHOLD` prints, of fastText 0.9.2. */
const printed = [
  ['softmax.bin', 1, 0, 28, 0.821, 0.605],
  ['softmax.bin', 3, 0, 28, 0.345, 0.763],
  ['softmax.bin', 3, 0.2, 28, 0.634, 0.684],
  ['hs.bin', 1, 0, 28, 0.571, 0.421],
  ['hs.bin', 3, 0.2, 28, 0.482, 0.711],
  ['ova.bin', 1, 0, 28, 0.643, 0.474],
  ['ova.bin', 3, 0.2, 28, 0.621, 0.474],
  ['cut.ftz', 1, 0, 28, 0.786, 0.579],
  ['cut.ftz', 3, 0.2, 28, 0.481, 0.684],
] as const

for (const [file, count, threshold, lines, precision, recall] of printed)
  test(`${file}: P@${count} and R@${count} from ${threshold} on are those that fastText prints`, async () => {
    const options = { count, threshold, unknownLabels: 'dropped', resamples: 0 } as const
    const { micro, ...found } = await testClassifier(
      await loadClassifier(join(models, file)),
      labelled,
      options,
    )
    assert.equal(found.lines, lines)
    assert.equal(Number(micro.precision!.toPrecision(3)), precision)
    assert.equal(Number(micro.recall!.toPrecision(3)), recall)
  })

test('the precision of each label is that of fasttext test-label', async () => {
  const classifier = await loadClassifier(join(models, 'softmax.bin'))
  const { labels } = await testClassifier(classifier, labelled, { unknownLabels: 'dropped', resamples: 0 })
  const precision = labels.map(({ label, precision }) => [label, precision && Number(precision.toFixed(6))])
  assert.deepEqual(precision, [
    ['sun', 0.818182],
    ['rain', 1],
    ['snow', 0.666667],
    ['wind', 0.888889],
    ['fog', null],
    ['hail', null],
  ])
})

test('labels that the classifier lacks count as wrong, and are told', async () => {
  const classifier = await loadClassifier(join(models, 'softmax.bin'))
  const all = await testClassifier(classifier, labelled, { resamples: 0 })
  const known = await testClassifier(classifier, labelled, { resamples: 0, unknownLabels: 'dropped' })
  assert.deepEqual([all.lines, known.lines], [29, 28])
  assert.deepEqual(all.unknown, { labels: [{ label: 'frost', count: 3 }], lines: 3, dropped: 0 })
  assert.deepEqual(known.unknown, { labels: [{ label: 'frost', count: 3 }], lines: 3, dropped: 1 })
  const right = ({ labels }: typeof all) => labels.reduce((sum, label) => sum + label.right, 0)
  assert.equal(right(all), right(known))
  assert.deepEqual(all.labels.at(-1), {
    ...{ label: 'frost', isKnown: false, own: 3, given: 0, right: 0 },
    ...{ precision: null, recall: 0, f1: 0 },
  })
})

/** Words of a tiny classifier's own, so that each number can be reckoned by hand. */
async function confidentLines(classifier: Classifier, count: number) {
  const texts = readFileSync(join(models, 'texts.txt'), 'utf8')
    .split('\n')
    .filter(text => text.trim())
  return texts.slice(0, count).map(text => ({ text, best: classifier.predict(text, { count: 6 }) }))
}

test('scores, confusion and calibration are what one reckons from the answers', async () => {
  const classifier = await loadClassifier(join(models, 'softmax.bin'))
  const lines = await confidentLines(classifier, 12)
  const given = lines.map(({ text, best }, i) => ({ text, label: best[i % 3 === 0 ? 1 : 0]!.label }))
  const result = await testClassifier(classifier, given, { bins: 4 })
  assert.equal(result.accuracy, 8 / 12)
  assert.deepEqual(result.micro, { precision: 8 / 12, recall: 8 / 12, f1: 8 / 12 })
  const [low, high] = result.intervals.accuracy!
  assert.ok(low < 8 / 12 && 8 / 12 < high)
  const { counts, labels } = result.confusion
  const diagonal = labels.reduce((sum, _, i) => sum + counts[i]![i]!, 0)
  assert.deepEqual([diagonal, counts.flat().reduce((a, b) => a + b)], [8, 12])
  const brier = lines.map(({ best }, i) =>
    best.reduce(
      (sum, { label, probability }) => sum + (probability - Number(label === given[i]!.label)) ** 2,
      0,
    ),
  )
  const close = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-9, `${a} is not ${b}`)
  close(result.calibration.brier, brier.reduce((a, b) => a + b) / 12)
  const { bins, expectedError } = result.calibration
  assert.equal(
    bins.reduce((sum, bin) => sum + bin.lines, 0),
    12,
  )
  const error = bins.map(({ lines, probability, accuracy }) =>
    lines ? lines * Math.abs(probability! - accuracy!) : 0,
  )
  close(expectedError, error.reduce((a, b) => a + b) / 12)
  const f1 = result.labels.map(one => one.f1!)
  close(result.macro.f1!, f1.reduce((a, b) => a + b) / f1.length)
})

test('a curve goes from the most probable answer to full recall', async () => {
  const classifier = await loadClassifier(join(models, 'softmax.bin'))
  const { curves, accuracy } = await testClassifier(classifier, labelled, {
    unknownLabels: 'dropped',
    curves: true,
    resamples: 0,
  })
  const { all, labels } = curves!
  for (const curve of [all, ...labels.map(({ curve }) => curve)]) {
    const recalls = curve.slice(0, -1).map(({ recall }) => recall)
    assert.deepEqual(
      recalls,
      recalls.toSorted((a, b) => a - b),
    )
    if (curve.length > 0) assert.deepEqual(curve.at(-1), { threshold: null, precision: 1, recall: 0 })
  }
  assert.equal(all.at(-2)!.recall, 1)
  assert.ok(precisionAtRecall(all, 0.5)! >= accuracy / 2)
  assert.equal(recallAtPrecision(all, 0), 1)
  assert.equal(precisionAtRecall(all, 1.1), null)
})

test('a point of a curve tells the probability that reaches it', () => {
  const curve = [
    { threshold: 0.9, precision: 1, recall: 0.25 },
    { threshold: 0.8, precision: 2 / 3, recall: 0.5 },
    { threshold: 0.5, precision: 3 / 4, recall: 0.75 },
    { threshold: 0.4, precision: 3 / 5, recall: 0.75 },
    { threshold: 0.1, precision: 4 / 8, recall: 1 },
    { threshold: null, precision: 1, recall: 0 },
  ]
  assert.deepEqual(pointAtRecall(curve, 0.5), curve[2])
  assert.deepEqual(pointAtRecall(curve, 0), curve[0])
  assert.deepEqual(pointAtRecall(curve, 0.8), curve[4])
  assert.equal(pointAtRecall(curve, 1.1), null)
  assert.deepEqual(pointAtPrecision(curve, 0.6), curve[2])
  assert.deepEqual(pointAtPrecision(curve, 0.9), curve[0])
  assert.deepEqual(pointAtPrecision(curve.slice(4), 0.9), curve[5])
})

test('the same lines and seed give the same intervals, and no lines are an error', async () => {
  const classifier = await loadClassifier(join(models, 'hs.bin'))
  const first = await testClassifier(classifier, labelled, { resamples: 50 })
  assert.deepEqual(await testClassifier(classifier, labelled, { resamples: 50 }), first)
  await assert.rejects(testClassifier(classifier, { lines: ['no label'] }), {
    code: 'bad-data',
    message: /there is no line with a label and a text/,
  })
  const unknown = testClassifier(classifier, [{ text: 'a', label: 'x' }], { unknownLabels: 'dropped' })
  await assert.rejects(unknown, /has none of the labels of 1 line/)
  await assert.rejects(testClassifier({} as never, labelled), /the first argument is none/)
  await assert.rejects(testClassifier(classifier, labelled, { bin: 3 } as never), /Did you mean bins\?/)
})

test('a number of labels takes a matrix of 1,024, and the rest is counted', async () => {
  const labels = Array.from({ length: 1500 }, (_, i) => `l${i}`)
  const lines = labels.map(label => ({ text: 'a', label }))
  const classifier = await loadClassifier(join(models, 'softmax.bin'))
  const { confusion } = await testClassifier(classifier, lines, { resamples: 0 })
  assert.equal(confusion.labels.length, 1024)
  const inside = confusion.counts.flat().reduce((a, b) => a + b)
  assert.equal(inside + confusion.others, 1500)
  assert.equal(inside, 1023)
})
