import { keepProbability } from '../equations/subsampling.js'
import type { Vocabulary } from '../text/index.js'
import type { TrainingOptions } from './options.js'
import { LARGEST_PART, ROOM } from './parts.js'

/** The order in which the pairs of a corpus are trained. */
export type Schedule = 'blocks' | 'windows'

/** What the run is cut into. Nothing here may depend on threads or machines: the bytes of the result do on it. */
export interface Plan {
  readonly schedule: Schedule
  /** Parts of the vocabulary, P; 1 for windows. */
  readonly parts: number
  /** Chunks of the text an epoch; each is one rotation through all P × P blocks. */
  readonly rotations: number
}

/** Under this many tokens blocks hold too few pairs to be worth their while. */
const FEWEST_TOKENS = 500_000
/** Smaller parts draw their negative samples from too few words. */
const SMALLEST_PART = 2000
const MOST_PARTS = 16
/** Rotations over the whole training, and an epoch: fewer cost accuracy. */
const ROTATIONS_IN_ALL = 24
const ROTATIONS_PER_EPOCH = 20
/** Pairs in a chunk at most; they take 4 bytes each. */
const LARGEST_CHUNK = 8_000_000

/** The one place that decides how a corpus is trained. */
export function planFor(vocabulary: Vocabulary, tokens: number, options: TrainingOptions): Plan {
  const parts = partsFor(vocabulary.size)
  const worthwhile = parts >= 2 && tokens >= FEWEST_TOKENS
  if (options.schedule === 'windows' || (options.schedule === 'auto' && !worthwhile))
    return { schedule: 'windows', parts: 1, rotations: 1 }
  const rotations = Math.max(
    ROTATIONS_PER_EPOCH,
    Math.ceil(ROTATIONS_IN_ALL / options.epochs),
    Math.ceil(expectedPairs(vocabulary, tokens, options) / LARGEST_CHUNK),
  )
  // Whoever asks for blocks with few words gets some, so that threads have something to share.
  return { schedule: 'blocks', parts: Math.max(parts, Math.min(4, vocabulary.size)), rotations }
}

function partsFor(words: number): number {
  const enough = Math.min(MOST_PARTS, Math.floor(words / SMALLEST_PART))
  return Math.max(enough, Math.ceil((ROOM * words) / LARGEST_PART))
}

/** A kept token meets window + 1 others on average, fewer where sentences are short. */
function expectedPairs(
  vocabulary: Vocabulary,
  tokens: number,
  { subsampling, window }: TrainingOptions,
): number {
  const kept = expectedKept(vocabulary, subsampling).reduce((sum, count) => sum + count, 0)
  return (kept / Math.max(1, vocabulary.tokens)) * tokens * (window + 1)
}

/** How often each word is expected to be left by sub-sampling. */
export function expectedKept(vocabulary: Vocabulary, subsampling: number): Float64Array {
  return vocabulary.counts.map(count => count * keepProbability(count, vocabulary.tokens, subsampling))
}
