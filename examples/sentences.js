// Does a sentence's vector reveal its sentiment? Compares the mean of word vectors with SIF, by the nearest sentences.
//   node examples/sentences.js vectors.safetensors trees/train.txt trees/test.txt
// (the Stanford Sentiment Treebank: a tree a line, its first digit the sentiment from 0 to 4)
import { readFile } from 'node:fs/promises'
import { load, sentenceVectors } from 'wordloom'
import { tokenize } from 'wordloom/text'

const NEIGHBOURS = 25
const [vectorFile, trainFile, testFile] = process.argv.slice(2)
const sentences = async path =>
  (await readFile(path, 'utf8'))
    .split('\n')
    .filter(line => line.startsWith('('))
    .map(tree => ({
      positive: tree[1] > '2',
      neutral: tree[1] === '2',
      tokens: tokenize([...tree.matchAll(/ ([^ ()]+)\)/g)].map(match => match[1]).join(' ')),
    }))
    .filter(({ neutral }) => !neutral)

const vectors = await load(vectorFile)
const [known, asked] = [await sentences(trainFile), await sentences(testFile)]
console.log(`${known.length} sentences known, ${asked.length} asked`)
for (const options of [{ pooling: 'mean' }, { common: 0 }, { pooling: 'sif' }]) {
  const pooled = sentenceVectors(
    vectors,
    known.map(({ tokens }) => tokens),
    options,
  )
  const right = asked.filter(({ tokens, positive }) => {
    const found = pooled.nearest(tokens, NEIGHBOURS)
    const share = found.filter(({ sentence }) => known[sentence].positive).length / found.length
    return share > 0.5 === positive
  }).length
  const name = options.common === 0 ? 'sif, nothing taken out' : options.pooling
  console.log(`${name}: ${((100 * right) / asked.length).toFixed(1)} % right by the ${NEIGHBOURS} nearest`)
}
