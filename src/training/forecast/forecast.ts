import { freeMemory, totalMemory } from '#platform/training/machine'
import { WordloomError } from '../../errors.js'
import type { EncodedCorpus } from '../../text/index.js'
import { containerMemory, usedMemory } from '../../wasm/index.js'
import { resolvedFor } from '../call/resolved.js'
import { checkFits, type Layout } from '../memory/layout.js'
import { checkLimit, neededBytes } from '../memory/memory-limit.js'
import type { TrainingOptions } from '../options/options.js'
import { withReach } from '../plan/reach.js'
import { outlineOf } from '../run/prepare.js'
import { calibrated } from './calibration.js'
import { numberedFor } from './numbered.js'

/** What training would take. Times are estimates, from a moment of it on this machine as it is now. */
export interface Forecast {
  /** Words of the vocabulary, and tokens of the text that are theirs. */
  readonly words: number
  readonly tokens: number
  readonly threads: number
  /** Expected of an epoch, after sub-sampling; undefined if training cannot begin. */
  readonly pairs: number | undefined
  /** Bytes that the process takes at most; undefined if training cannot begin. */
  readonly memory: number | undefined
  /** Of all epochs, without reading the text; undefined if training cannot begin. */
  readonly seconds: number | undefined
  /** The same, of all processors together; undefined in a page. */
  readonly processorSeconds: number | undefined
  /** Why training cannot begin. */
  readonly refusal: WordloomError | undefined
}

/** Bytes of memory that calibration takes at most: with fewer words a pair takes as long. */
const MOST_CALIBRATION = 2 ** 30

/**
 * Measures what training on a text would take, whose words are all numbered; the ids are numbered anew. What training
 * would be refused for is `refusal` of the answer. Throws `aborted`.
 */
export async function forecast(
  all: EncodedCorpus,
  asked: TrainingOptions,
  signal?: AbortSignal | undefined,
): Promise<Forecast> {
  const resolved = resolvedFor({ simd: asked.simd, onWarning: () => {} }, asked)
  const corpus = numberedFor(all, resolved)
  const words = corpus.vocabulary.size
  const unknown = { pairs: undefined, memory: undefined, seconds: undefined, processorSeconds: undefined }
  const facts = { words, tokens: corpus.ids.tokens, threads: 1, ...unknown }
  if (words < 2) return { ...facts, refusal: undefined }
  try {
    const options = withReach(corpus.ids, resolved)
    await freeMemory()
    const used = usedMemory()
    const { layout } = outlineOf(corpus, options)
    const memory = neededBytes(layout, used)
    const known = { ...facts, threads: layout.threads.length, memory }
    const refusal = refusalOf(layout, options, used)
    if (refusal) return { ...known, refusal }
    return { ...known, ...(await calibratedWithin(corpus, options, layout, signal)), refusal }
  } catch (error) {
    if (!(error instanceof WordloomError) || error.code === 'aborted') throw error
    return { ...facts, refusal: error }
  }
}

/** What training would say of its memory. */
function refusalOf(layout: Layout, { maxMemory }: TrainingOptions, used: number): WordloomError | undefined {
  try {
    checkFits(layout, totalMemory())
    checkLimit(layout, { maxMemory, container: containerMemory() }, used)
    return undefined
  } catch (error) {
    if (error instanceof WordloomError) return error
    throw error
  }
}

/** Rare words, which are few tokens, are left out if the memory of all would be too much for a moment. */
function calibratedWithin(
  corpus: EncodedCorpus,
  options: TrainingOptions,
  layout: Layout,
  signal: AbortSignal | undefined,
): ReturnType<typeof calibrated> {
  const bytes = layout.bytes + layout.outsideBytes
  if (bytes <= MOST_CALIBRATION) return calibrated(corpus, options, signal)
  const maxWords = Math.max(2, Math.floor((corpus.vocabulary.size * MOST_CALIBRATION) / bytes))
  return calibrated(numberedFor(corpus, { ...options, maxWords, minCount: 1 }), options, signal)
}
