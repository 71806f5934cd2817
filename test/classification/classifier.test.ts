import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { type Classifier, loadClassifier, readClassifier } from '#classification/index'
import { visitWordNgrams } from '#classification/word-ngrams'
import { wordHash } from '#text/subwords'

/** Models that fastText trained and quantised, and what it says of `texts.txt`. */
const models = fileURLToPath(new URL('../../../test/classification/models/', import.meta.url))
const linesOf = (name: string) => readFileSync(join(models, name), 'utf8').split('\n').slice(0, -1)
const texts = linesOf('texts.txt')

const files = ['softmax.bin', 'hs.bin', 'ns.bin', 'ova.bin', 'cut.ftz', 'coded.ftz']
/** What fastText prints is rounded to six digits and has 0.00001 added; in a tree, at each node on the path to a label. */
const closeTo = ({ loss, labels }: Classifier) =>
  1e-6 + 1e-5 * (loss === 'hierarchical-softmax' ? labels.length - 1 : 1)

for (const file of files)
  test(`${file}: labels and probabilities are those that fastText prints`, async () => {
    const classifier = await loadClassifier(join(models, file))
    const close = closeTo(classifier)
    const answers = linesOf(file.replace(/\.\w+$/, '.answers.txt'))
    for (const [i, text] of texts.entries()) {
      const expected = pairsOf(answers[i]!)
      const found = classifier.predict(text, { count: 6 })
      // in a tree, fastText leaves out what is below 0.00001
      assert.ok(found.length >= expected.length, text)
      for (const { label, probability } of found) {
        const theirs = expected.find(([name]) => name === `__label__${label}`)
        if (theirs) assert.ok(Math.abs(probability - theirs[1]) < close, `${label} of "${text}"`)
        else assert.ok(probability - (expected[5]?.[1] ?? 0) < close, `${label} of "${text}" is a tie`)
      }
    }
  })

function pairsOf(line: string): [string, number][] {
  const fields = line.trim().split(' ').filter(Boolean)
  return Array.from({ length: fields.length / 2 }, (_, i) => [fields[2 * i]!, Number(fields[2 * i + 1])])
}

test('probabilities are such: they add up to 1 but where labels are judged one by one', async () => {
  for (const file of ['softmax.bin', 'hs.bin', 'cut.ftz', 'coded.ftz']) {
    const classifier = await loadClassifier(join(models, file))
    for (const text of texts) assert.ok(Math.abs(sumOf(classifier, text) - 1) < 1e-9, file)
  }
  const logistic = await loadClassifier(join(models, 'ova.bin'))
  assert.ok(texts.some(text => Math.abs(sumOf(logistic, text) - 1) > 0.01))
})

function sumOf(classifier: Classifier, text: string): number {
  const all = classifier.predict(text, { count: 1000 })
  assert.equal(all.length, classifier.labels.length)
  return all.reduce((sum, { probability }) => sum + probability, 0)
}

test('a threshold leaves the less probable labels out, and the most probable come first', async () => {
  for (const file of files) {
    const classifier = await loadClassifier(join(models, file))
    const all = classifier.predict(texts[0]!, { count: 1000 })
    const probabilities = all.map(({ probability }) => probability)
    assert.deepEqual(
      probabilities,
      [...probabilities].sort((a, b) => b - a),
    )
    const threshold = probabilities[2]!
    const kept = classifier.predict(texts[0]!, { count: 1000, threshold })
    assert.deepEqual(
      kept,
      all.filter(({ probability }) => probability >= threshold),
    )
    assert.deepEqual(classifier.predict(texts[0]!, { count: 2 }), all.slice(0, 2))
  }
})

test('labels, their counts and the loss are those of the file', async () => {
  const classifier = await loadClassifier(join(models, 'hs.bin'))
  assert.deepEqual(classifier.labels, ['sun', 'rain', 'snow', 'wind', 'fog', 'hail'])
  assert.equal(
    classifier.labelCounts.reduce((a, b) => a + b),
    400,
  )
  assert.deepEqual([classifier.loss, classifier.dimensions], ['hierarchical-softmax', 4])
})

test('n-grams of words fall into the buckets of fastText', () => {
  const hashes = (text: string) => text.split(' ').map(word => wordHash(new TextEncoder().encode(word)))
  const unsigned = hashes('the cat naïve 你好 </s>').map(hash => hash >>> 0)
  assert.deepEqual(unsigned, [3020861980, 108289031, 3440832043, 718964643, 3617362777])
  const bucketsOf = (text: string) => {
    const found: number[] = []
    visitWordNgrams(hashes(text), 3, 2_000_000, bucket => found.push(bucket))
    return found
  }
  assert.deepEqual(bucketsOf('the cat sat'), [284411, 186896, 979028])
  assert.deepEqual(bucketsOf('naïve 你好'), [940396])
})

test('n-grams of words are hashed in 64 bits, as BigInt does', () => {
  const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
  const property = fc.property(
    fc.array(word, { minLength: 2, maxLength: 9 }),
    fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    (hashes, buckets) => {
      visitWordNgrams(hashes, 5, buckets, (bucket, first, last) => {
        let hash = BigInt.asUintN(64, BigInt(hashes[first]!))
        for (let i = first + 1; i <= last; i++)
          hash = BigInt.asUintN(64, hash * 116049371n + BigInt(hashes[i]!))
        assert.equal(BigInt(bucket), hash % BigInt(buckets))
      })
    },
  )
  fc.assert(property)
})

test('word vectors are no classifier, and a damaged one is refused with its place', async () => {
  const vectors = fileURLToPath(new URL('../../../test/formats/fasttext/skip-gram.bin', import.meta.url))
  await assert.rejects(loadClassifier(vectors), {
    code: 'bad-data',
    message:
      /word vectors of fastText’s, which have no labels; expected a classifier. Read word vectors with load/,
  })
  const whole = readFileSync(join(models, 'cut.ftz'))
  const cut = { name: 'cut.ftz', chunks: [whole.subarray(0, 9000)], size: 9000 }
  await assert.rejects(readClassifier(cut), { code: 'bad-data', message: /cut\.ftz.*cut off/ })
  await assert.rejects(readClassifier({ name: 'x', chunks: [Buffer.from('the 1 2 3\n')] }), {
    code: 'bad-data',
    message: /does not begin as fastText/,
  })
})

test('what is no text, no count and no threshold is refused by name', async () => {
  const classifier = await loadClassifier(join(models, 'hs.bin'))
  const usage = (call: () => unknown, message: RegExp) => assert.throws(call, { code: 'usage', message })
  usage(() => classifier.predict(7 as never), /Cannot classify: the text is a value of type number/)
  await assert.rejects(
    loadClassifier('' as never),
    /the path is empty; expected a file name, such as "model\.ftz"/,
  )
  usage(() => classifier.predict('a', { count: 0 }), /count/)
  usage(
    () => classifier.predict('a', { cuont: 2 } as never),
    /there is no option cuont\. Did you mean count\?/,
  )
  usage(() => classifier.predict('a', { threshold: 2 }), /threshold/)
})
