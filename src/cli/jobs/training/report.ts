import type { Drift } from '../../../comparison/index.js'
import type { FormatName } from '../../../formats/index.js'
import type { StartFacts } from '../../../training/index.js'
import { shownFiles, shownOutput } from '../../files/output-files.js'
import { counted, duration, grouped, megabytes, short } from '../../terminal/figures.js'
import { paintFor, visible } from '../../terminal/terminal.js'
import { formatOfDocuments } from './document-output.js'
import type { CheckpointCosts } from './kept-run.js'

/** The facts of a training at its end; printed as they are with --json. */
export interface TrainingFacts {
  readonly words: number
  readonly dimensions: number
  /** Of the whole text, words that were left out included. */
  readonly tokens: number
  /** Mean per pair of each epoch, in nats. */
  readonly losses: readonly number[]
  /** The same on the text set aside; empty without --held-out. */
  readonly heldOutLosses: readonly number[]
  /** With --patience, the epoch, from 1, after which the vectors were as they are. */
  readonly bestEpoch?: number
  /** Reading, training and writing together. */
  readonly seconds: number
  /** While training. */
  readonly wordsPerSecond: number
  /** What became of the vectors that training started from. */
  readonly start?: StartFacts
  /** How far the words moved of a model that went on. */
  readonly drift?: Drift
  readonly output: string
  /** How many were learned, and where they are. */
  readonly documents?: number
  readonly documentsOutput?: string
  /** The vectors of documents are those of their tags. */
  readonly tagged?: boolean
  readonly map?: string
  readonly vocabulary?: string
  readonly peakMemoryBytes: number
  readonly checkpoints: CheckpointCosts
}

/** The names of all files of vectors, as people read them. */
export interface VectorFilesWritten {
  readonly words: string
  readonly documents: string | undefined
}

export async function filesWritten(
  { output, documentsOutput }: TrainingFacts,
  format: FormatName | undefined,
): Promise<VectorFilesWritten> {
  const documents = documentsOutput && shownFiles(documentsOutput, formatOfDocuments(documentsOutput, format))
  return { words: await shownFiles(output, format), documents: await documents }
}

/** What was learned and where it is, and below how it went. */
export function summaryOf(facts: TrainingFacts, written: VectorFilesWritten): string {
  const paint = paintFor(process.stdout)
  const learned = `${counted(facts.words, 'word')} × ${counted(facts.dimensions, 'dimension')} in ${duration(facts.seconds)}`
  const files = [
    written.words,
    ...(facts.documents === undefined ? [] : [`${written.documents} (${documentsIn(facts)})`]),
    ...(facts.vocabulary === undefined ? [] : [`${shownOutput(facts.vocabulary)} (words and counts)`]),
    ...(facts.map === undefined ? [] : [`${shownOutput(facts.map)} (a map; open it in a browser)`]),
  ]
  const details = [
    `${short(facts.wordsPerSecond)} words/s`,
    `loss ${facts.losses.at(-1)!.toFixed(3)}`,
    ...heldOutDetails(facts),
    `${megabytes(facts.peakMemoryBytes)} of memory at most`,
  ].join(', ')
  return [
    `${paint('green', 'learned')} ${learned}`,
    `        ${paint('dim', details)}`,
    ...(facts.drift === undefined ? [] : driftLines(facts.drift)),
    ...files.map(file => `wrote   ${file}`),
  ].join('\n')
}

function documentsIn({ documents, tagged }: TrainingFacts): string {
  return tagged
    ? `${counted(documents!, 'tag')} of documents`
    : `${counted(documents!, 'document')}, by ${documents === 1 ? 'its line' : 'their lines'}`
}

function heldOutDetails({ heldOutLosses, bestEpoch }: TrainingFacts): string[] {
  const loss = heldOutLosses[(bestEpoch ?? heldOutLosses.length) - 1]
  if (loss === undefined) return []
  const best = bestEpoch === undefined ? '' : ` in epoch ${bestEpoch}, the best of ${heldOutLosses.length}`
  return [`held-out loss ${loss.toFixed(3)}${best}`]
}

/** The space is that of before, so that no alignment stands between the two. */
function driftLines({ words, moved, meanCosine, most }: Drift): string[] {
  if (moved === 0) return [`moved   none of ${grouped(words)} old words`]
  const named = most.map(({ word, cosine }) => `${visible(word)} ${cosine.toFixed(3)}`).join(', ')
  return [
    `moved   ${grouped(moved)} of ${grouped(words)} old words; mean cosine to before ${meanCosine.toFixed(3)}, not aligned`,
    `        most: ${named}`,
  ]
}
