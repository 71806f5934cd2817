import { keepProbability } from '../../equations/inner.js'
import { option, say, WordloomError } from '../../errors.js'
import { paddedStride } from '../../math/index.js'
import {
  type Architecture,
  architectureOf,
  architectures,
  type Objective,
  objectiveOf,
  objectives,
} from '../../reference/index.js'
import type { Vocabulary } from '../../text/index.js'
import { namesOf } from '../options/entry-names.js'
import type { TrainingOptions } from '../options/options.js'
import { FEWEST_WORDS_IN_A_PART, LARGEST_PART, ROOM } from './parts.js'

/** The order in which the pairs of a corpus are trained. */
export type Schedule = 'blocks' | 'windows'

/** The pieces of a run. They may not depend on threads or machines, since the bytes of the result depend on them. */
export interface Plan {
  readonly schedule: Schedule
  /** Parts of the vocabulary, P; 1 for windows. */
  readonly parts: number
  /** Chunks of the text an epoch; each is one rotation through all P × P blocks. */
  readonly rotations: number
}

/** Bytes that a kernel can address. */
export const KERNEL_LIMIT = 2 ** 32
/** With fewer tokens, blocks hold too few pairs to pay for themselves. */
const FEWEST_TOKENS = 500_000
/** Smaller parts draw their negative samples from too few words. */
const SMALLEST_PART = 2000
const MOST_PARTS = 8
/** Rotations over the whole training, and an epoch: fewer cost accuracy. */
const ROTATIONS_IN_ALL = 24
const ROTATIONS_PER_EPOCH = 20
/** Pairs in a chunk at most; they take 4 bytes each. */
const LARGEST_CHUNK = 8_000_000
/** The same numbers if rows visit the kernels' memory: every rotation copies all of them once for each part. */
const ROTATIONS_OF_VISITS = 10
const LARGEST_CHUNK_OF_VISITS = 128_000_000

/** Parts share no rows if a hidden row is one row, and output rows are drawn from one part. */
export function canGoInBlocks({ architecture, objective, subwords }: TrainingOptions): boolean {
  const pairsOfRows = architectureOf(architecture).inPairs && !subwords
  return pairsOfRows === true && objectiveOf(objective).canGoInBlocks === true
}

/** Multiplications and additions that are not refused: about an hour and a half of one processor. */
const MOST_OPERATIONS = 1e14
/** Done in a second on one processor, roughly. */
const OPERATIONS_PER_SECOND = 2e10

/**
 * Throws `too-large` if an objective that meets all words is too much work: scores, and the gradients of both
 * matrices, take 6·|V|·d operations a pair.
 */
function refuseTooMuch(predictions: number, words: number, options: TrainingOptions): void {
  const { architecture, objective, window, dimensions, epochs } = options
  const pairs = architectureOf(architecture).predictsOnce ? predictions / (window + 1) : predictions
  const operations = 6 * words * dimensions * pairs * epochs
  if (operations <= MOST_OPERATIONS) return
  const hours = Math.round(operations / OPERATIONS_PER_SECOND / 3600).toLocaleString('en')
  const others = namesOf<Objective>(objectives, one => !one.meetsAllWords)
  throw new WordloomError('too-large', {
    action: 'train',
    found: `${objective} over ${words.toLocaleString('en')} words would take about ${operations.toExponential(1)} operations, ${hours} hours of one processor`,
    expected: `at most ${MOST_OPERATIONS.toExponential(0)} operations`,
    cure: say`keep fewer words (set ${option('maxWords')}, or raise ${option('minCount')}), lower ${option('epochs')}, or set ${option('objective')} to ${others}`,
  })
}

/** The one place that decides how a corpus is trained. */
export function planFor(
  vocabulary: Vocabulary,
  tokens: number,
  options: TrainingOptions,
  textCounts = vocabulary.counts,
  pairsPerWord: number = options.window + 1,
): Plan {
  if (objectiveOf(options.objective).meetsAllWords)
    refuseTooMuch(
      expectedPairs(vocabulary, tokens, options, textCounts, pairsPerWord),
      vocabulary.size,
      options,
    )
  if (!canGoInBlocks(options)) return windowsOnly(options)
  const parts = partsFor(vocabulary.size, options)
  const worthwhile = options.schedule === 'blocks' || tokens >= FEWEST_TOKENS
  if (options.schedule === 'windows' || parts < 2 || !worthwhile)
    return { schedule: 'windows', parts: 1, rotations: 1 }
  const pairs = expectedPairs(vocabulary, tokens, options, textCounts, pairsPerWord)
  return { schedule: 'blocks', parts, rotations: rotationsFor(vocabulary, pairs, options) }
}

/** Throws `usage` if blocks were asked for. */
function windowsOnly({ schedule, architecture, objective, subwords }: TrainingOptions): Plan {
  if (schedule === 'blocks')
    throw new WordloomError('usage', {
      action: 'train',
      found: say`${option('schedule')} is blocks, which is not for ${subwords ? 'sub-words' : `${architecture} with ${objective}`}`,
      expected: `${namesOf<Architecture>(architectures, one => one.inPairs)} with ${namesOf<Objective>(objectives, one => one.canGoInBlocks)}, without sub-words`,
      cure: say`use ${option('schedule', 'windows')}, or leave ${option('schedule')} out`,
    })
  return { schedule: 'windows', parts: 1, rotations: 1 }
}

function rotationsFor(vocabulary: Vocabulary, pairs: number, options: TrainingOptions): number {
  const visits = 2 * vocabulary.size * paddedStride(options.dimensions) * 4 > KERNEL_LIMIT
  return Math.max(
    visits ? ROTATIONS_OF_VISITS : ROTATIONS_PER_EPOCH,
    Math.ceil(ROTATIONS_IN_ALL / options.epochs),
    Math.ceil(pairs / (visits ? LARGEST_CHUNK_OF_VISITS : LARGEST_CHUNK)),
  )
}

/** As many as asked for; else by the size of the vocabulary, and a few even if it is small but blocks are wanted. */
function partsFor(words: number, { parts, schedule }: TrainingOptions): number {
  const fitting = Math.min(MOST_PARTS, Math.floor(words / SMALLEST_PART))
  const wanted = parts || Math.max(fitting, schedule === 'blocks' ? 4 : 0)
  const possible = Math.min(wanted, Math.floor(words / FEWEST_WORDS_IN_A_PART))
  return Math.max(possible, Math.ceil((ROOM * words) / LARGEST_PART))
}

/** A kept token meets `pairsPerWord` others on average, window + 1 if windows shrink; fewer if sentences are short. */
function expectedPairs(
  vocabulary: Vocabulary,
  tokens: number,
  { subsampling }: TrainingOptions,
  textCounts: Float64Array,
  pairsPerWord: number,
): number {
  const kept = sumOf(expectedKept(vocabulary, subsampling, textCounts))
  return (kept / Math.max(1, sumOf(textCounts))) * tokens * pairsPerWord
}

function sumOf(numbers: Float64Array): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}

/**
 * How often each word is expected to be left by sub-sampling, of as many as `textCounts` has. The counts of the
 * vocabulary, which may be of more than the text at hand, decide what is kept.
 */
export function expectedKept(
  vocabulary: Vocabulary,
  subsampling: number,
  textCounts = vocabulary.counts,
): Float64Array {
  const { counts, tokens } = vocabulary
  return textCounts.map((count, id) => count * keepProbability(counts[id]!, tokens, subsampling))
}
