import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkGradient } from '#equations/gradient-check'
import { hierarchicalSoftmax, hierarchicalSoftmaxLoss } from '#equations/hierarchical-softmax'
import { huffmanTree, longestPath, pathOf } from '#equations/huffman'
import { denseRows } from '#equations/rows'
import { Random } from '#math/random'

/** What word2vec.c's CreateBinaryTree makes of the counts: node:code from the root down, for each word. */
const published = [
  { counts: [5, 4, 3, 2, 1], paths: ['3:1 2:1', '3:1 2:0', '3:0 1:1', '3:0 1:0 0:1', '3:0 1:0 0:0'] },
  { counts: [4, 4, 4, 4], paths: ['2:1 1:1', '2:1 1:0', '2:0 0:1', '2:0 0:0'] },
  { counts: [2, 1, 1], paths: ['1:1', '1:0 0:1', '1:0 0:0'] },
]

const someCounts = fc
  .array(fc.integer({ min: 1, max: 30 }), { minLength: 2, maxLength: 60 })
  .map(counts => counts.sort((a, b) => b - a))

test('the paths are those of the loop of word2vec.c, where counts are equal, too', () => {
  fc.assert(
    fc.property(someCounts, counts => {
      const tree = huffmanTree(counts)
      counts.forEach((_, word) => {
        assert.deepEqual(pathOf(tree, word), word2vecPath(counts, word))
      })
    }),
  )
})

test('frequent words have short paths, and no prefix code has a shorter mean path', () => {
  fc.assert(
    fc.property(someCounts, counts => {
      const tree = huffmanTree(counts)
      const lengths = counts.map((_, word) => pathOf(tree, word).length)
      for (let word = 1; word < counts.length; word++)
        if (counts[word]! < counts[word - 1]!) assert.ok(lengths[word]! >= lengths[word - 1]!)
      const total = lengths.reduce((sum, length, word) => sum + length * counts[word]!, 0)
      assert.equal(total, leastTotal(counts))
      assert.equal(longestPath(tree), Math.max(...lengths))
      assert.equal(
        lengths.reduce((sum, length) => sum + 2 ** -length, 0),
        1,
      ) // Kraft: every leaf is a word
    }),
  )
})

test('the probabilities of all words sum to one', () => {
  const { tree, hidden, outputVectors, words } = example()
  const loss = (word: number) => hierarchicalSoftmaxLoss({ hidden, outputVectors, path: pathOf(tree, word) })
  const sum = Array.from({ length: words }, (_, word) => Math.exp(-loss(word))).reduce((a, b) => a + b, 0)
  assert.ok(Math.abs(sum - 1) < 1e-12, String(sum))
})

test('both gradients are those of calculus, and only the inner nodes of the path have one', () => {
  const { tree, hidden, outputVectors, words } = example()
  for (let word = 0; word < words; word++) {
    const path = pathOf(tree, word)
    const { hiddenGradient, outputGradient, loss } = hierarchicalSoftmax({ hidden, outputVectors, path })
    assert.equal(loss, hierarchicalSoftmaxLoss({ hidden, outputVectors, path }))
    assert.deepEqual(
      [...outputGradient.keys()],
      path.map(({ node }) => node),
    )
    const byHidden = checkGradient(
      ([h]) => hierarchicalSoftmaxLoss({ hidden: h!, outputVectors, path }),
      [hidden],
      [hiddenGradient],
    )
    const byOutput = checkGradient(
      at => hierarchicalSoftmaxLoss({ hidden, outputVectors: at, path }),
      outputVectors,
      denseRows(outputGradient, words, hidden.length),
    )
    assert.ok(Math.max(byHidden.largestError, byOutput.largestError) < 1e-9)
  }
})

test('paths that were worked out by hand', () => {
  for (const { counts, paths } of published) {
    const tree = huffmanTree(counts)
    const found = counts.map((_, word) =>
      pathOf(tree, word)
        .map(({ node, code }) => `${node}:${code}`)
        .join(' '),
    )
    assert.deepEqual(found, paths)
  }
})

function example() {
  const words = 13
  const random = new Random(4, 4)
  const vector = () => Float64Array.from({ length: 6 }, () => 2 * random.uniform() - 1)
  const tree = huffmanTree(Array.from({ length: words }, (_, i) => 40 - 3 * i))
  return { words, tree, hidden: vector(), outputVectors: Array.from({ length: words }, vector) }
}

/** The published loop, step by step: two pointers, and a word goes first only where it is rarer. */
function word2vecPath(counts: readonly number[], word: number) {
  const words = counts.length
  const count = [...counts, ...Array.from({ length: words }, () => 1e15)]
  const parent: number[] = []
  const binary: number[] = []
  let [pos1, pos2] = [words - 1, words]
  for (let a = 0; a < words - 1; a++) {
    const least = [0, 0].map(() => (pos1 >= 0 && count[pos1]! < count[pos2]! ? pos1-- : pos2++))
    count[words + a] = count[least[0]!]! + count[least[1]!]!
    for (const child of least) parent[child] = words + a
    binary[least[1]!] = 1
  }
  const turns = []
  for (let at = word; at !== 2 * words - 2; at = parent[at]!)
    turns.unshift({ node: parent[at]! - words, code: (binary[at] ?? 0) as 0 | 1 })
  return turns
}

/** The sum of all joins of the two least is the least total length (Huffman 1952). */
function leastTotal(counts: readonly number[]): number {
  const left = [...counts]
  let total = 0
  while (left.length > 1) {
    left.sort((a, b) => b - a)
    const joined = left.pop()! + left.pop()!
    total += joined
    left.push(joined)
  }
  return total
}
