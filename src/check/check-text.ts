import { guessedEncoding } from '#platform/check/encoding-guess'
import { option, say, textOf, WordloomError, type Words } from '../errors.js'
import {
  type CorpusProgress,
  type CorpusSource,
  type EncodedCorpus,
  encodeCorpus,
  isUtf8,
} from '../text/index.js'
import { optionsOf, type TrainingOptions } from '../training/index.js'
import { type Forecast, forecast, processorSeconds } from '../training/inner.js'
import { adviceOn } from './advice.js'
import { isMostlyUtf8 } from './file-encodings.js'
import { languagesIn } from './languages.js'
import { lineLengths } from './line-lengths.js'
import { PassingText } from './passing-text.js'
import type { EncodingReport, KeptWords, TextReport } from './text-report.js'

/** Training options, of which the report says what they would take, and calls. */
export interface CheckCall extends Partial<TrainingOptions> {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: CorpusProgress) => void) | undefined
  /** Called with a sentence for each part of the text that was passed over. */
  readonly onWarning?: ((sentence: string) => void) | undefined
  /** Called with each piece of advice, whose options are data, so that any door can write them its own way. */
  readonly onAdvice?: ((words: Words) => void) | undefined
}

/** Of reading: seconds, and those of all processors together. */
interface Taken {
  readonly seconds: number
  readonly worked: number
}

const MIN_COUNTS = [1, 2, 5, 10, 50]
const LISTED = 3

/**
 * Looks at a text before training: how it is written, what of it would be learned, and what that would take. The text is
 * read once, with the memory that training reads it with; then training goes on for a moment, with at most 1 GiB, to
 * reckon its time on this machine. Throws what `train` throws of options and of the text.
 */
export async function checkText(source: CorpusSource, call: CheckCall = {}): Promise<TextReport> {
  const { signal, onProgress, onWarning, onAdvice, ...training } = call
  const options = optionsOf(training)
  const observer = new PassingText()
  const begun = { at: performance.now(), worked: processorSeconds() }
  const { tokenizer, encoding, idMemory, threads } = options
  const { maxDecompressed } = training
  const how = { tokenizer, encoding, idMemory, threads, maxDecompressed, signal, onProgress, observer }
  const encoded = encodeCorpus(source, { ...how, minCount: 1, ...(onWarning && { onWarning }) })
  const corpus = await encoded.catch(error => {
    throw unreadable(error, observer, encoding)
  })
  try {
    const reading = {
      seconds: (performance.now() - begun.at) / 1000,
      worked: processorSeconds() - begun.worked,
    }
    const text = textFacts(corpus, observer, options)
    const outlook = await forecast(corpus, options, signal)
    const advice = adviceOn({ ...text, training: outlook }, options)
    for (const words of advice) onAdvice?.(words)
    return { ...text, training: told(outlook, reading), advice: advice.map(words => textOf(words)) }
  } finally {
    corpus.ids.close()
  }
}

/** A text of another encoding may have no words at all. */
function unreadable(error: unknown, { suspects, characters }: PassingText, encoding: string): unknown {
  if (!(error instanceof WordloomError) || error.code !== 'bad-data' || !isUtf8(encoding)) return error
  const guess = characters.bad > 0 ? guessedEncoding(suspects.sample) : undefined
  if (guess === undefined) return error
  const found = say`${error.fault.found}, and it is not UTF-8, but most likely ${guess}`
  const cure = say`read it with ${option('encoding', guess)}`
  return new WordloomError('bad-data', { ...error.fault, found, cure }, { cause: error })
}

function textFacts(
  { vocabulary, facts, ids }: EncodedCorpus,
  observer: PassingText,
  { encoding }: TrainingOptions,
): Omit<TextReport, 'training' | 'advice'> {
  const { characters, repeated, columns, json, controls, tags, entities } = observer
  const encoded = encodingFacts(observer, encoding)
  const isRead = isMostlyUtf8(encoded.notUtf8, facts.bytes)
  return {
    files: facts.files,
    bytes: facts.bytes,
    tokens: facts.tokens,
    differentWords: vocabulary.size,
    encoding: encoded,
    scripts: isRead ? characters.shares() : [],
    languages: isRead ? languagesIn(vocabulary) : [],
    lines: {
      ...lineLengths(ids),
      blank: repeated.blank,
      repeated: repeated.share,
      mostRepeated: repeated.most(LISTED),
    },
    oddities: {
      controls,
      tags,
      entities,
      replaced: characters.replaced,
      json: json.isJson,
      columns: columns.columns(),
    },
    vocabulary: MIN_COUNTS.map(minCount => keptAt(vocabulary.counts, minCount, facts.tokens)),
  }
}

function encodingFacts({ suspects, characters, otherFiles }: PassingText, encoding: string): EncodingReport {
  const given = isUtf8(encoding) ? undefined : encoding
  const notUtf8 = given === undefined ? characters.bad : 0
  const guess = notUtf8 > 0 ? guessedEncoding(suspects.sample) : undefined
  return { mark: suspects.mark, notUtf8, guess, given, otherFiles }
}

/** `counts` are in falling order. */
function keptAt(counts: Float64Array, minCount: number, tokens: number): KeptWords {
  const first = counts.findIndex(count => count < minCount)
  const kept = first < 0 ? counts : counts.subarray(0, first)
  return { minCount, words: kept.length, tokens: kept.reduce((sum, count) => sum + count, 0) / tokens }
}

/** With the time of reading. */
function told({ refusal, ...facts }: Forecast, reading: Taken): TextReport['training'] {
  const { seconds, processorSeconds: worked } = facts
  return {
    ...facts,
    seconds: seconds && seconds + reading.seconds,
    processorSeconds: worked && worked + reading.worked,
    refusal: refusal?.message,
  }
}
