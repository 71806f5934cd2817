import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findCorpus } from './corpus.js'
import { describeMachine, heading, note, writeJson } from './machine.js'
import { cpuRate, type Measurement, measure, wallRate } from './measurement.js'
import { inRounds, medianOf, ratio } from './rounds.js'
import { fixed, table } from './table.js'
import { inTemporaryFolder } from './temporary.js'
import {
  cellsOf,
  combinations,
  describeVariants,
  furtherLists,
  numberFlag,
  sharedFlags,
  type Variant,
  withNodes,
} from './variants.js'

export const speedUsage = `speed    words per second of training and of the whole run, variants taken in turn
  --corpus FILE  --megabytes N       text, and how much of it
  --rounds 3  --epochs 1             lists, all combined: --dimensions 100,300  --threads 1,2
  --schedule blocks,windows  --simd plain,relaxed  --subsampling 1e-3
  --parts 2,4,8  --min-count 5  --held-out 0.005
  --node PATH                        a Node binary; several may be given`

export async function speed(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { ...sharedFlags, epochs: { type: 'string', default: '1' } },
  })
  const { dimensions, threads, schedule, simd, subsampling, epochs } = values
  const rounds = numberFlag('rounds', values.rounds, 3)
  const variants = withNodes(
    combinations({ dimensions, threads, schedule, simd, subsampling, epochs, ...furtherLists(values) }),
    values.node,
  )
  const corpus = findCorpus(values.corpus)
  const megabytes = values.megabytes ? numberFlag('megabytes', values.megabytes, 0) : undefined

  const machine = describeMachine()
  const results = await inTemporaryFolder(folder =>
    inRounds(variants, rounds, async ({ node, options }, round) => {
      const output = join(folder, 'vectors.safetensors')
      const result = await measure(node, { corpus, megabytes, options, output })
      note(`round ${round + 1}: ${fixed(cpuRate(result))} kw/s of CPU; ${JSON.stringify(options)}`)
      return result
    }),
  )
  const conditions = [
    describeText(results[0]![0]!, corpus),
    describeVariants(variants).common,
    ...readersGuide,
  ]
  process.stdout.write(
    `${heading('Speed', [`${rounds} rounds`, ...conditions], machine)}\n${speedTable(variants, results)}`,
  )
  writeJson(
    values.json,
    machine,
    variants.map((variant, i) => ({ ...variant, rounds: results[i] })),
  )
}

export function describeText({ words, tokens, vocabulary }: Measurement, corpus: string): string {
  const count = (number: number) => number.toLocaleString('en')
  const name = corpus.split(/[/\\]/).at(-1)
  return `${name}: ${count(tokens)} tokens, ${count(words)} of them in a vocabulary of ${count(vocabulary)}`
}

const readersGuide = [
  'kw/s: thousand words of the vocabulary, before sub-sampling, per second of training alone; of CPU counts the processor time of all threads',
  'reading: with decompression; whole: from the text to the written file, with the start of Node; × first: how many times as fast as the first line of the same dimensions',
  'medians over the rounds; in brackets the range',
]

function speedTable(variants: readonly Variant[], results: readonly (readonly Measurement[])[]): string {
  const { columns } = describeVariants(variants)
  const rows = variants.map((variant, i) => {
    const rounds = results[i]!
    const first = results[variants.findIndex(one => one.options.dimensions === variant.options.dimensions)]!
    const cell = (value: (result: Measurement) => number | undefined, digits = 0) =>
      fixed(medianOf(rounds, value), digits)
    return [
      ...cellsOf(variant, columns),
      cell(cpuRate),
      ratio(rounds, first, cpuRate),
      cell(wallRate),
      ratio(rounds, first, wallRate),
      cell(({ reading }) => reading.seconds, 1),
      cell(({ whole }) => whole.seconds, 1),
      cell(({ whole }) => whole.cpuSeconds, 1),
      cell(({ peakMegabytes }) => peakMegabytes),
      cell(({ losses }) => losses.at(-1), 4),
    ]
  })
  return table([...columns, ...measured], rows)
}

const measured = [
  'kw/s of CPU',
  '× first',
  'kw/s of wall',
  '× first',
  'reading s',
  'whole s',
  'whole CPU s',
  'peak MB',
  'loss',
]
