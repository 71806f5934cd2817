import { compressedFor, writeWhole } from '../../files/index.js'
import { graphOptionTable, readGraph, walkLines, walkOptionTable } from '../../graphs/index.js'
import { shownOutput } from '../files/output-files.js'
import { grouped } from '../terminal/figures.js'
import { interruptible } from '../terminal/interrupt.js'
import { warn } from '../terminal/terminal.js'
import { chosen, filled } from '../verb/flags.js'
import { verb } from '../verb/verb.js'

export const walks = verb({
  name: 'walks',
  summary: 'walk a graph at random, to learn vectors of its nodes',
  description:
    'Reads edges, one a line (from, to, perhaps a weight), and writes random walks over them, one a line: ' +
    'node2vec’s, or with p and q at 1 DeepWalk’s. Train on them as on sentences.',
  examples: [
    ['wordloom walks edges.tsv -o walks.txt.gz', 'ten walks from every node'],
    ['wordloom walks edges.tsv --p 0.25 --q 4 -o walks.txt', 'that stay near'],
    ['wordloom train walks.txt -o nodes.bin --tokenizer whitespace', 'then'],
  ],
  inputs: {
    edges: {
      many: true,
      file: 'read',
      help: 'edge lists (.gz and .zst too), globs, or - for standard input',
    },
  },
  flags: {
    output: {
      kind: 'file',
      use: 'write',
      help: 'where the walks go (.gz and .zst too)',
      otherwise: 'standard output, and nothing else is printed',
    },
    ...walkOptionTable,
    ...graphOptionTable,
  },
  async run({ edges }, flags) {
    const { output } = flags
    const graph = await interruptible(async signal => {
      const graph = await readGraph(edges, { ...chosen(graphOptionTable, flags), signal, onWarning: warn })
      const lines = walkLines(graph, { ...chosen(walkOptionTable, flags), signal, onWarning: warn })
      await writeWhole(output ?? '-', compressedFor(output ?? '-', lines))
      return graph
    }, 'stopped; nothing was written')
    if (output === undefined) return undefined
    const { size: nodes, ways } = graph
    const walks = filled(walkOptionTable, flags).walksPerNode * startsOf(graph)
    return {
      json: { output, nodes, ways, walks },
      text: () => `${grouped(walks)} walks over ${grouped(nodes)} nodes → ${shownOutput(output)}`,
    }
  },
})

function startsOf(graph: Awaited<ReturnType<typeof readGraph>>): number {
  let starts = 0
  for (let node = 0; node < graph.size; node++) starts += Number(graph.degree(node) > 0)
  return starts
}
