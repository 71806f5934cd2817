import { type Command, Option } from 'commander'
import { WordloomError } from '../errors.js'
import { evaluate, findQuestionFiles } from '../evaluation/index.js'
import {
  type CompressionLoss,
  type CompressOptions,
  compress,
  type Precision,
  precisions,
  WordVectors,
} from '../vectors/index.js'
import { numberIn, oneOf, positive } from './values.js'

/** How vectors are made smaller. */
export interface CompressionFlags {
  readonly precision?: Precision
  readonly dimensions?: number
  readonly bytes?: number
  readonly seed?: number
  readonly evaluate?: string
}

/** What a question file says of vectors before and after: a share of right answers, or a rank correlation. */
export interface JudgedLoss {
  readonly file: string
  readonly measure: 'analogies' | 'Spearman'
  readonly before: number | null
  readonly after: number | null
}

export interface Smaller {
  readonly vectors: WordVectors
  readonly loss: CompressionLoss
  readonly judged: readonly JudgedLoss[]
}

const seed = numberIn({ kind: 'integer', min: 0, max: 2 ** 31 })

export function addCompressionFlags(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--precision <kind>',
        'smaller .safetensors: float16, int8 (a byte a number) or pq (a byte for two numbers)',
      ).argParser(oneOf(precisions)),
    )
    .option('--dimensions <n>', 'only so many dimensions, those that tell most', positive)
    .option('--bytes <n>', 'bytes of a word in pq (default: half the dimensions)', positive)
    .option('--seed <n>', 'for pq and the sample that tells the loss (default 1)', seed)
    .option('--evaluate <folder>', 'also tell the loss on analogies and word pairs in a folder')
}

/** Smaller vectors with their loss in the metadata; undefined where nothing of that is asked. */
export async function smallerVectors(
  vectors: WordVectors,
  flags: CompressionFlags,
): Promise<Smaller | undefined> {
  const { precision, dimensions, bytes, seed } = flags
  if (precision === undefined && dimensions === undefined) return undefined
  const options: CompressOptions = {
    ...(precision && { precision }),
    ...(dimensions && { dimensions }),
    ...(bytes && { bytes }),
    ...(seed !== undefined && { seed }),
  }
  const { vectors: smaller, loss } = compress(vectors, options)
  if (flags.evaluate === undefined) return { vectors: smaller, loss, judged: [] }
  const judged = await judgeBoth(vectors, smaller, flags.evaluate)
  const metadata = { ...smaller.metadata, evaluation: JSON.stringify(judged) }
  const { vocabulary, search, encoded } = smaller
  const parts = { vocabulary, matrix: search, metadata, ...(encoded && { encoded }) }
  return { vectors: new WordVectors(parts), loss, judged }
}

/** Throws `usage` for flags that do not go together, before anything is read. */
export function checkCompressionFlags(flags: CompressionFlags, format: string): void {
  const { precision, dimensions, bytes, seed, evaluate } = flags
  const asked = precision !== undefined || dimensions !== undefined
  const idle = Object.entries({ bytes, seed, evaluate }).find(([, value]) => value !== undefined)?.[0]
  if (!asked && idle !== undefined)
    throw new WordloomError('usage', `--${idle} goes with --precision or --dimensions; add one of them`)
  if (bytes !== undefined && precision !== 'pq')
    throw new WordloomError('usage', '--bytes goes with --precision pq only')
  if (precision !== undefined && precision !== 'float32' && format !== 'safetensors')
    throw new WordloomError(
      'usage',
      `--precision ${precision} is kept by safetensors only, and the output is ${format}; give it the ending .safetensors`,
    )
}

/** What a smaller file lost, line by line. */
export function lossLines({ loss, judged }: Smaller): string[] {
  const { meanCosine, neighborsKept, sample } = loss
  return [
    `mean cosine to the original ${meanCosine.toFixed(5)}, ${(100 * neighborsKept).toFixed(1)} % of the 10 nearest kept (${sample} words)`,
    ...judged.map(
      ({ file, measure, before, after }) => `${file}: ${measure} ${shown(before)} → ${shown(after)}`,
    ),
  ]
}

async function judgeBoth(before: WordVectors, after: WordVectors, folder: string): Promise<JudgedLoss[]> {
  const { files } = await findQuestionFiles([folder])
  const judged: JudgedLoss[] = []
  for (const file of files) {
    const [measure, old] = await judge(before, file)
    judged.push({
      file: file.split(/[/\\]/).at(-1)!,
      measure,
      before: old,
      after: (await judge(after, file))[1],
    })
  }
  return judged
}

async function judge(vectors: WordVectors, file: string): Promise<[JudgedLoss['measure'], number | null]> {
  const result = await evaluate(vectors, file, { resamples: 0 })
  return result.kind === 'analogies' ? ['analogies', result.total.accuracy] : ['Spearman', result.spearman]
}

function shown(value: number | null): string {
  return value === null ? 'none' : value.toFixed(4)
}
