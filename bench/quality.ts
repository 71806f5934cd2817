import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { mean, sampleStandardDeviation } from 'simple-statistics'
import { findCorpus, findQuestions } from './corpus.js'
import { describeMachine, heading, note, writeJson } from './machine.js'
import { type Measurement, measure } from './measurement.js'
import { describeText } from './speed.js'
import { fixed, table } from './table.js'
import { inTemporaryFolder } from './temporary.js'
import {
  cellsOf,
  combinations,
  describeVariants,
  furtherLists,
  numberFlag,
  sharedFlags,
  withNodes,
} from './variants.js'

export const qualityUsage = `quality  loss, analogies and similarities over several seeds, with mean and spread
  --corpus FILE  --megabytes N  --evaluation FOLDER
  --seeds 1,2,3  --epochs 1,5        and the lists of speed, all combined`

const measures = [
  { name: 'loss', digits: 4, of: ({ losses }: Measurement) => losses.at(-1) },
  { name: 'held-out loss', digits: 4, of: ({ heldOutLosses }: Measurement) => heldOutLosses.at(-1) },
  { name: 'analogies %', digits: 2, of: ({ accuracy }: Measurement) => accuracy?.total },
  { name: 'semantic %', digits: 2, of: ({ accuracy }: Measurement) => accuracy?.semantic },
  { name: 'syntactic %', digits: 2, of: ({ accuracy }: Measurement) => accuracy?.syntactic },
  { name: 'WordSim-353', digits: 3, of: ({ accuracy }: Measurement) => accuracy?.wordSim },
  { name: 'SimLex-999', digits: 3, of: ({ accuracy }: Measurement) => accuracy?.simLex },
  { name: 'training s', digits: 1, of: ({ training }: Measurement) => training.seconds },
] as const

export async function quality(args: readonly string[]): Promise<void> {
  const { rounds: _, ...flags } = sharedFlags // a seed is a round
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...flags,
      threads: { type: 'string', default: '0' },
      epochs: { type: 'string', default: '1,5' },
      seeds: { type: 'string', default: '1,2,3' },
      evaluation: { type: 'string' },
    },
  })
  const { dimensions, threads, schedule, simd, subsampling, epochs } = values
  const variants = withNodes(
    combinations({ epochs, schedule, simd, dimensions, subsampling, threads, ...furtherLists(values) }),
    values.node,
  )
  const seeds = combinations({ seed: values.seeds }).map(({ seed }) => seed!)
  const corpus = findCorpus(values.corpus)
  const questions = findQuestions(values.evaluation)
  const megabytes = values.megabytes ? numberFlag('megabytes', values.megabytes, 0) : undefined

  const machine = describeMachine()
  const results: Measurement[][] = []
  await inTemporaryFolder(async folder => {
    for (const { node, options } of variants) {
      const output = join(folder, 'vectors.safetensors')
      const runs: Measurement[] = []
      for (const seed of seeds) {
        runs.push(
          await measure(node, { corpus, megabytes, options: { ...options, seed }, output, questions }),
        )
        note(`seed ${seed}: ${cells(runs.slice(-1)).join('  ')}; ${JSON.stringify(options)}`)
      }
      results.push(runs)
    }
  })

  const { columns, common } = describeVariants(variants)
  const rows = variants.flatMap((variant, i) => {
    const runs = results[i]!
    const named = cellsOf(variant, columns)
    const bySeed = seeds.map((seed, n) => [...named, `seed ${seed}`, ...cells([runs[n]!])])
    return seeds.length === 1
      ? bySeed
      : [...bySeed, [...named, 'mean', ...cells(runs)], [...named, '± spread', ...cells(runs, spread)]]
  })
  const conditions = [describeText(results[0]![0]!, corpus), common, ...readersGuide]
  process.stdout.write(
    `${heading('Quality', conditions, machine)}\n${table([...columns, 'run', ...measures.map(({ name }) => name)], rows)}`,
  )
  writeJson(
    values.json,
    machine,
    variants.map((variant, i) => ({ ...variant, seeds, runs: results[i] })),
  )
}

const readersGuide = [
  'loss: mean over the pairs of the last epoch, in nats; analogies: 3CosAdd among the 30,000 most frequent words; WordSim and SimLex: Spearman',
  'spread: standard deviation over the seeds',
]

/** A cell for each measure: of one run, or of several taken together. */
function cells(runs: readonly Measurement[], together: (values: number[]) => number = mean): string[] {
  return measures.map(({ of, digits }) => {
    const values = runs.map(of).filter(value => typeof value === 'number')
    return fixed(values.length === 0 ? undefined : together(values), digits)
  })
}

function spread(values: number[]): number {
  return values.length < 2 ? Number.NaN : sampleStandardDeviation(values)
}
