import { option, say, WordloomError, type Words } from '../../errors.js'
import { evaluate, findQuestionFiles } from '../../evaluation/index.js'
import { type CompressionLoss, compress, compressOptionTable, type WordVectors } from '../../vectors/index.js'
import { counted } from '../terminal/figures.js'
import { chosen, type FlagsOf } from '../verb/flags.js'

/** How vectors are made smaller. */
export const compressionFlags = {
  ...compressOptionTable,
  evaluate: {
    kind: 'file',
    use: 'read',
    placeholder: '<files>',
    help: 'analogies and word pairs, on which the loss is measured too; for a classifier, texts with labels or without',
  },
} as const

type CompressionFlags = FlagsOf<typeof compressionFlags>

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

/** Smaller vectors with their loss in the metadata; undefined if nothing of that is asked. */
export async function smallerVectors(
  vectors: WordVectors,
  flags: CompressionFlags,
): Promise<Smaller | undefined> {
  if (!isCompressed(flags)) return undefined
  const { vectors: smaller, loss } = compress(vectors, chosen(compressOptionTable, flags))
  if (flags.evaluate === undefined) return { vectors: smaller, loss, judged: [] }
  const judged = await judgeBoth(vectors, smaller, flags.evaluate)
  const metadata = { ...smaller.metadata, evaluation: JSON.stringify(judged) }
  return { vectors: smaller.with({ metadata }), loss, judged }
}

/** Throws `usage` for flags that do not go together, before anything is read. */
export function checkCompressionFlags(flags: CompressionFlags, format: string): void {
  const { precision, bytes } = flags
  const idle = (['bytes', 'seed', 'evaluate'] as const).find(name => flags[name] !== undefined)
  const wrong = (found: Words, cure: Words) => new WordloomError('usage', { found, cure })
  if (!isCompressed(flags) && idle !== undefined)
    throw wrong(
      say`${option(idle)} is for vectors that are made smaller`,
      say`add ${option('precision')} or ${option('dimensions')}, or leave ${option(idle)} out`,
    )
  if (bytes !== undefined && precision !== 'pq')
    throw wrong(
      say`${option('bytes')} is for codes, and ${option('precision')} is ${precision ?? 'not given'}`,
      say`add ${option('precision', 'pq')}, or leave ${option('bytes')} out`,
    )
  if (precision !== undefined && precision !== 'float32' && format !== 'safetensors')
    throw wrong(
      say`${option('precision', precision)} is kept by safetensors only, and the output is ${format}`,
      'give it the ending .safetensors',
    )
}

function isCompressed({ precision, dimensions, buckets }: CompressionFlags): boolean {
  return precision !== undefined || dimensions !== undefined || buckets !== undefined
}

/** What a smaller file lost, line by line. */
export function lossLines({ loss, judged }: Smaller): string[] {
  const { unknown } = loss
  return [
    lossLine('', loss),
    ...(unknown ? [lossLine('unknown words by their sub-words: ', unknown)] : []),
    ...judged.map(
      ({ file, measure, before, after }) => `${file}: ${measure} ${shown(before)} → ${shown(after)}`,
    ),
  ]
}

function lossLine(
  what: string,
  { meanCosine, neighborsKept, sample }: Omit<CompressionLoss, 'unknown'>,
): string {
  const kept = `${(100 * neighborsKept).toFixed(1)} % of the 10 nearest kept`
  return `${what}mean cosine to the original ${meanCosine.toFixed(5)}, ${kept} (${counted(sample, 'word')})`
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
