// Which links are missing? A tenth of the edges is hidden, and each is compared with a pair of nodes without an edge.
//   node examples/links.js cora_edgelist.txt
import { readFile } from 'node:fs/promises'
import { readGraph, train, walks } from 'wordloom'

const edges = (await readFile(process.argv[2], 'utf8'))
  .split('\n')
  .filter(line => line.trim() !== '')
  .map(line => line.trim().split(/\s+/).slice(0, 2))
const chance = i => (Math.imul(i + 1, 0x9e3779b1) >>> 0) / 2 ** 32 // the same on every run
const known = edges.filter((_, i) => chance(i) >= 0.1)
const neighbours = new Map()
const neighboursOf = node => neighbours.get(node) ?? neighbours.set(node, new Set()).get(node)
for (const [a, b] of known) {
  neighboursOf(a).add(b)
  neighboursOf(b).add(a)
}
const missing = edges.filter(([a, b], i) => chance(i) < 0.1 && neighbours.has(a) && neighbours.has(b))

const linked = new Set(edges.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]))
const nodes = [...neighbours.keys()]
const draw = i => nodes[Math.floor(chance(i) * nodes.length)]
const unlinked = Array.from({ length: 20 * missing.length }, (_, i) => [draw(7 * i), draw(11 * i + 5)])
  .filter(([a, b]) => a !== b && !linked.has(`${a} ${b}`))
  .slice(0, missing.length)

const { vectors } = await train(walks(await readGraph(known), { walksPerNode: 10, length: 40 }), {
  reach: 'full', // windows do not shrink, as in node2vec
  dimensions: 64,
  epochs: 2,
  minCount: 1,
  subsampling: 0,
})
const scores = {
  'common neighbours': ([a, b]) => [...neighbours.get(a)].filter(node => neighbours.get(b).has(node)).length,
  'the cosine of the vectors': ([a, b]) => vectors.similarity(a, b),
}
console.log(`${missing.length} hidden links against ${unlinked.length} pairs; area under the curve by`)
for (const [name, score] of Object.entries(scores)) {
  const [yes, no] = [missing.map(score), unlinked.map(score)]
  const won = yes.flatMap(x => no.map(y => (x > y ? 1 : x === y ? 0.5 : 0))).reduce((sum, x) => sum + x, 0)
  console.log(`  ${name}: ${(won / yes.length / no.length).toFixed(3)}`)
}
