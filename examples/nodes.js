// What kind of node is it? It is guessed from vectors learned on walks; half of the kinds are shown, half guessed.
//   node examples/nodes.js cora_edgelist.txt cora_labels.txt
import { readFile } from 'node:fs/promises'
import { readGraph, train, walks } from 'wordloom'

const [edgeFile, labelFile] = process.argv.slice(2)
const labelled = (await readFile(labelFile, 'utf8'))
  .split('\n')
  .filter(line => line.trim() !== '')
  .map(line => line.trim().split(/\s+/)) // node, kind
const isShown = labelled.map((_, i) => Math.imul(i + 1, 0x9e3779b1) < 0) // a half, the same on every run
const shown = labelled.filter((_, i) => isShown[i])
const hidden = labelled.filter((_, i) => !isShown[i])

const graph = await readGraph(edgeFile)
const { vectors } = await train(walks(graph, { walksPerNode: 10, length: 40 }), {
  reach: 'full', // windows do not shrink, as in node2vec
  dimensions: 64,
  epochs: 2,
  minCount: 1,
  subsampling: 0,
})
const kinds = [...new Set(shown.map(([, kind]) => kind))].map(kind => {
  return { kind, count: shown.filter(([, other]) => other === kind).length }
})
const best = (items, score) => items.reduce((a, b) => (score(b) > score(a) ? b : a))
const neighbours = new Map(labelled.map(([node]) => [node, []]))
for (let node = 0; node < graph.size; node++)
  for (let at = graph.starts[node]; at < graph.starts[node + 1]; at++)
    neighbours.get(graph.name(node)).push(graph.name(graph.neighbors[at]))
const kindOf = new Map(shown)

const vote = nodes => {
  const votes = ({ kind }) => nodes.filter(node => kindOf.get(node) === kind).length
  return best(kinds, one => votes(one) + one.count / labelled.length).kind
}
const guesses = {
  'the most usual kind': () => vote([]),
  'what most neighbours are': node => vote(neighbours.get(node)),
  'the ten nearest by their vectors': node =>
    vote(vectors.nearest(node, { count: 10, among: kindOf.keys() }).map(({ word }) => word)),
}
console.log(`${graph.size} nodes; the kinds of ${hidden.length} guessed by`)
for (const [name, guess] of Object.entries(guesses)) {
  const right = hidden.filter(([node, kind]) => guess(node) === kind).length
  console.log(`  ${name}: ${((100 * right) / hidden.length).toFixed(1)} % right`)
}
