import type { Command } from 'commander'
import { compressedFor, writeWhole } from '../../files/index.js'
import { readGraph, type WalkOptions, walkLines } from '../../graphs/index.js'
import { grouped } from '../figures.js'
import { interruptible } from '../interrupt.js'
import { openOutputs, shownOutput } from '../output-files.js'
import { numberIn, positive } from '../values.js'
import { verb } from '../verb.js'

interface WalkFlags extends Omit<WalkOptions, 'length'> {
  readonly output?: string
  readonly length?: number
  readonly directed?: true
  readonly json?: true
}

const bias = numberIn({ kind: 'number', min: 1e-6, max: 1e6 })

export function walksCommand(): Command {
  return verb({
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
  })
    .argument('<edges...>', 'edge lists (.gz and .zst too), globs, or - for standard input')
    .option('-o, --output <file>', 'where the walks go (.gz and .zst too); standard output if not given')
    .option('--walks-per-node <n>', 'walks that begin at each node (default 10)', positive)
    .option('--length <n>', 'nodes in a walk at most (default 80)', positive)
    .option('--p <x>', 'above 1: seldom straight back (default 1)', bias)
    .option('--q <x>', 'above 1: stays near; below 1: moves away (default 1)', bias)
    .option('--seed <n>', 'start of every random draw (default 1)', seed)
    .option('--directed', 'edges lead one way only')
    .option('--json', 'print a summary as JSON, where there is an output')
    .action(run)
}

const seed = numberIn({ kind: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER })

async function run(edges: readonly string[], flags: WalkFlags): Promise<void> {
  const { output, directed = false, json, ...options } = flags
  const { print, printJson } = await openOutputs([output], edges)
  const graph = await interruptible(async signal => {
    const graph = await readGraph(edges, { directed, signal })
    const lines = walkLines(graph, { ...options, signal })
    await writeWhole(output ?? '-', compressedFor(output ?? '-', lines))
    return graph
  })
  if (output === undefined) return
  const walks = (options.walksPerNode ?? 10) * startsOf(graph)
  const { size: nodes } = graph
  if (json) printJson({ output, nodes, ways: graph.ways, walks })
  else print(`${grouped(walks)} walks over ${grouped(nodes)} nodes → ${shownOutput(output)}`)
}

function startsOf(graph: Awaited<ReturnType<typeof readGraph>>): number {
  let starts = 0
  for (let node = 0; node < graph.size; node++) starts += Number(graph.degree(node) > 0)
  return starts
}
