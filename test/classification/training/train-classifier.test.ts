import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { type Classifier, type TrainClassifierCall, trainClassifier } from 'wordloom/classification'
import { Vocabulary } from 'wordloom/text'
import { WordVectors } from 'wordloom/vectors'
import { partsOf } from '#classification/classifier'
import type { PlainRows } from '#classification/rows'
import { objectives } from '#reference/objectives/table'
import { madeUpLines } from './lines.js'

const folder = mkdtempSync(join(tmpdir(), 'wordloom-classifier-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const lines = madeUpLines(400, 4, 7)
const small = { dimensions: 50, epochs: 3, learningRate: 0.2 } as const

test('one seed gives the same bytes for any number of threads', async () => {
  for (const { name: objective } of objectives) {
    const call = { ...small, objective, heldOut: 0.1 }
    const one = await trainClassifier(lines, { ...call, threads: 1 })
    for (const threads of [2, 4]) {
      const more = await trainClassifier(lines, { ...call, threads })
      assert.deepEqual(rowsOf(more.classifier), rowsOf(one.classifier))
      assert.deepEqual(more.losses, one.losses)
    }
    const other = await trainClassifier(lines, { ...call, threads: 1, seed: 2 })
    assert.notDeepEqual(rowsOf(other.classifier), rowsOf(one.classifier))
  }
})

test('what words tell is learned, and the losses fall', async () => {
  for (const { name: objective } of objectives) {
    const { classifier, losses } = await trainClassifier(lines, {
      ...small,
      objective,
      epochs: 10,
      learningRate: 0.5,
    })
    assert.ok(losses.training.at(-1)! < 0.6 * losses.training[0]!, `${objective}: ${losses.training}`)
    const unseen = madeUpLines(400, 4, 8)
    const right = unseen.filter(({ text, labels }) => classifier.predict(text)[0]!.label === labels[0])
    assert.ok(right.length > 0.7 * unseen.length, `${objective}: ${right.length}`)
  }
})

test('a run that was stopped goes on to the same bytes', async () => {
  const checkpoint = join(folder, 'run')
  const whole = await trainClassifier(lines, { ...small, threads: 1 })
  for (const epoch of [1, 2]) {
    const stopped = new AbortController()
    const call: TrainClassifierCall = { ...small, checkpoint, threads: 2 }
    await assert.rejects(
      trainClassifier(lines, {
        ...call,
        restart: true,
        signal: stopped.signal,
        onEpoch: moment => {
          if (moment.epoch === epoch) stopped.abort()
        },
      }),
      { code: 'aborted', message: /resume/ },
    )
    await assert.rejects(trainClassifier(lines, call), { code: 'usage', message: /not finished/ })
    await assert.rejects(trainClassifier(lines, { ...call, resume: true, seed: 9 }), {
      code: 'bad-data',
      message: /seed: 1 there, 9 here/,
    })
    await assert.rejects(trainClassifier(lines.slice(1), { ...call, resume: true }), {
      code: 'bad-data',
      message: /another run/,
    })
    const resumed = await trainClassifier(lines, { ...call, resume: true })
    assert.deepEqual(rowsOf(resumed.classifier), rowsOf(whole.classifier))
    assert.deepEqual(resumed.losses, whole.losses)
  }
  assert.ok(readdirSync(folder).every(name => /^run\.[12]$/.test(name)))
})

test('lines in the order of their labels teach as much as shuffled ones', async () => {
  const ordered = [...lines].sort((a, b) => (a.labels[0]! < b.labels[0]! ? -1 : 1))
  const call = { ...small, epochs: 8, learningRate: 0.5 }
  const [a, b] = [await trainClassifier(lines, call), await trainClassifier(ordered, call)]
  assert.ok(Math.abs(a.losses.training.at(-1)! / b.losses.training.at(-1)! - 1) < 0.1)
})

test('a classifier that goes on keeps its rows, and gets new ones for new words and labels', async () => {
  for (const objective of ['softmax', 'one-vs-all', 'negative-sampling', 'hierarchical-softmax'] as const) {
    const before = (await trainClassifier(lines, { ...small, objective })).classifier
    const more = [
      ...lines.slice(0, 40),
      ...Array.from({ length: 40 }, () => ({ text: 'brand new words', label: 'fresh' })),
    ]
    const warnings: string[] = []
    const call = {
      continue: before,
      epochs: 20,
      learningRate: 0.5,
      onWarning: (w: string) => warnings.push(w),
    }
    const { classifier } = await trainClassifier(more, call)
    assert.deepEqual([...classifier.labels].sort(), [...before.labels, 'fresh'].sort())
    assert.equal(classifier.predict('brand new words')[0]!.label, 'fresh')
    assert.equal(warnings.length, objective === 'hierarchical-softmax' ? 1 : 0, warnings.join())
    const fixed = await trainClassifier(more, { ...call, grows: false, onWarning: () => {} })
    assert.deepEqual(fixed.classifier.labels, before.labels)
    assert.equal(rowsOf(fixed.classifier).input.length, rowsOf(before).input.length)
    await assert.rejects(trainClassifier(more, { ...call, dimensions: 7 }), {
      code: 'usage',
      message: /dimensions is 7/,
    })
  }
})

test('vectors to start from give rows to their words, also to those that no line has', async () => {
  const from = new WordVectors({
    vocabulary: Vocabulary.of(['w1', 'w2', 'elsewhere']),
    matrix: { data: Float32Array.of(1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0), rows: 3, columns: 3, stride: 4 },
  })
  const { classifier, lines: count } = await trainClassifier(lines, {
    from,
    epochs: 1,
    learningRate: 1e-9,
    maxNgram: 0,
  })
  const { words, input } = partsOf(classifier)
  const { data, stride } = (input as PlainRows).matrix
  const id = words.idOf('elsewhere')!
  assert.deepEqual([...data.subarray(id * stride, id * stride + 3)], [7, 8, 9])
  assert.equal(words.counts[id], 0)
  assert.ok(Math.abs(data[words.idOf('w1')! * stride]! - 1) < 1e-4)
  assert.equal(count, lines.length)
  await assert.rejects(trainClassifier(lines, { from, dimensions: 7 }), {
    code: 'usage',
    message: /dimensions is 7/,
  })
})

test('balanced weights help the labels that are rare', async () => {
  const rare = lines.filter(({ labels }, i) => labels[0] !== 'l3' || i % 20 === 0)
  const recall = async (classWeights: 'none' | 'balanced') => {
    const { classifier } = await trainClassifier(rare, { ...small, epochs: 5, classWeights })
    const ofRare = madeUpLines(800, 4, 11).filter(({ labels }) => labels[0] === 'l3')
    return ofRare.filter(({ text }) => classifier.predict(text)[0]!.label === 'l3').length / ofRare.length
  }
  assert.ok((await recall('balanced')) > 0.1 + (await recall('none')))
})

test('what cannot be learned from is refused in words', async () => {
  const refused = async (
    call: TrainClassifierCall,
    code: string,
    message: RegExp,
    source = lines as object[],
  ) => assert.rejects(trainClassifier(source as typeof lines, call), { code, message })
  await refused(
    { learningRate: 100 },
    'usage',
    /rows grew past all bounds in epoch 1, and learningRate is 100/,
  )
  await refused({}, 'bad-data', /no line with a label and a text/, [])
  await refused({ objective: 'negative-sampling' }, 'bad-data', /same label/, [{ text: 'a b', label: 'x' }])
  await refused({ labelWeights: ['l1'] }, 'usage', /label=number/)
  await refused({ labelWeights: ['nobody=2'] }, 'usage', /no line has that label/)
  await refused({ minNgram: 5, maxNgram: 3 }, 'usage', /minNgram is 5 and maxNgram is 3/)
  await refused({ resume: true }, 'usage', /checkpoint is not/)
  await refused({ wordNgram: 2 } as object, 'usage', /wordNgrams/)
  await refused({ continue: 7 as never }, 'usage', /Classifier/)
})

test('labels that look like several, a single label and a loss that does not fall are told', async () => {
  const told = async (...rows: readonly (readonly [string, string])[]) => {
    const sentences: string[] = []
    const onWarning = (sentence: string) => void sentences.push(sentence)
    await trainClassifier(
      rows.map(([label, text]) => ({ label, text })),
      { epochs: 500, onWarning },
    )
    return sentences
  }
  const [billing, login] = [['Billing', 'charged twice'] as const, ['Login', 'cannot sign in'] as const]
  assert.deepEqual(await told(billing, login), [])
  assert.deepEqual(await told(billing, ['and/or', 'x y'], login), [])
  assert.deepEqual(await told(billing, login, ['Login; Billing', 'x y']), [
    'the label "Login; Billing" is made of other labels; if ; parts labels, name it as the label separator',
  ])
  assert.deepEqual(await told(billing), [
    'all lines have the label Billing, so that there is nothing to learn',
  ])
  const [doubt] = await told(['Billing', 'charged'], ['Login', 'charged'])
  assert.match(doubt!, /^next to nothing was learned: the loss was 0\.\d+ a line in the first epoch/)
})

test('a call after each epoch sees the classifier as it is, and may end training', async () => {
  const seen: number[] = []
  const { losses, classifier } = await trainClassifier(lines, {
    ...small,
    heldOut: 0.2,
    onEpoch: moment => {
      seen.push(moment.heldOutLosses.at(-1)!)
      assert.equal(moment.classifier().predict('w1').length, 1)
      if (moment.epoch === 2) moment.stop()
    },
  })
  assert.equal(losses.training.length, 2)
  assert.deepEqual(losses.heldOut, seen)
  assert.equal(classifier.metadata.creator?.startsWith('wordloom'), true)
})

function rowsOf(classifier: Classifier) {
  const { input, output } = partsOf(classifier)
  return { input: (input as PlainRows).matrix.data, output: (output as PlainRows).matrix.data }
}

test('what has no effect is refused, and one label is told by its name', async () => {
  await assert.rejects(trainClassifier(lines, { grows: false }), {
    code: 'usage',
    message: /continue is not/,
  })
  const grows = 'no' as unknown as boolean
  await assert.rejects(trainClassifier(lines, { grows }), { code: 'usage', message: /true or false/ })
  const sentences: string[] = []
  await trainClassifier([{ text: 'a b', label: 'x' }], {
    epochs: 1,
    onWarning: sentence => sentences.push(sentence),
  })
  assert.deepEqual(sentences, ['all lines have the label x, so that there is nothing to learn'])
})
