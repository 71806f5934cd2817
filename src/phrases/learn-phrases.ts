import { stopIfAborted } from '../abort.js'
import { type CorpusSource, type EncodedCorpus, encodeCorpus } from '../text/index.js'
import { type IdSink, pour } from './id-sink.js'
import { connectorsIn, joinedInto, joinTable } from './join-tables.js'
import { JoinedWords } from './joined-words.js'
import { countPairs } from './pair-counter.js'
import type { Phrase, PhrasePass } from './phrase.js'
import type { JoinTable } from './phrase-joiner.js'
import { type CompletePhraseOptions, completePhraseOptions, type PhraseOptions } from './phrase-options.js'
import { Phrases } from './phrases.js'
import { scores } from './score.js'

/**
 * Finds words that stand together more often than chance would have it (Mikolov et al. 2013b, §4). The text is read
 * once; its words as numbers take `idMemory` and then a temporary file, the pairs `pairMemory`, and the counts are
 * exact whatever that is. Pairs do not cross sentences. Throws what encodeCorpus throws, and `usage`.
 */
export async function learnPhrases(source: CorpusSource, options: PhraseOptions = {}): Promise<Phrases> {
  const settings = completePhraseOptions(options)
  const corpus = await encodeAllWords(source, settings)
  try {
    return await learnFrom(corpus, settings)
  } finally {
    corpus.ids.close()
  }
}

/** Every word of a text as a number, however rare. */
export function encodeAllWords(
  source: CorpusSource,
  { tokenizer, threads, idMemory, encoding, signal, onProgress, onWarning }: CompletePhraseOptions,
): Promise<EncodedCorpus> {
  return encodeCorpus(source, {
    tokenizer,
    threads,
    idMemory,
    encoding,
    signal,
    onProgress,
    onWarning,
    minCount: 1,
  })
}

export async function learnFrom(corpus: EncodedCorpus, settings: CompletePhraseOptions): Promise<Phrases> {
  const { scoring, minCount, separator, connectors, thresholds, signal } = settings
  const passes: PhrasePass[] = []
  const words = new JoinedWords(corpus.vocabulary)
  const tables: JoinTable[] = []
  for (const threshold of thresholds) {
    stopIfAborted(signal)
    const text = new JoinedText(corpus, words, tables, signal)
    passes.push({ threshold, phrases: await phrasesIn(text, words, threshold, settings) })
    tables.push(joinTable(passes.at(-1)!, words, connectors, separator))
  }
  return new Phrases({ scoring, minCount, separator, connectors, passes })
}

/** A text in which the phrases of earlier passes are joined, to be read as often as one likes. */
class JoinedText {
  readonly #corpus: EncodedCorpus
  readonly #tables: readonly JoinTable[]
  readonly #signal: AbortSignal | undefined
  readonly #words: JoinedWords

  constructor(
    corpus: EncodedCorpus,
    words: JoinedWords,
    tables: readonly JoinTable[],
    signal: AbortSignal | undefined,
  ) {
    this.#corpus = corpus
    this.#words = words
    this.#tables = [...tables]
    this.#signal = signal
  }

  read(sink: IdSink): Promise<void> {
    return pour(this.#corpus.ids, joinedInto(this.#tables, sink), this.#signal)
  }

  /** How often each word is there, by id. */
  async counts(): Promise<Float64Array> {
    if (this.#tables.length === 0) return this.#corpus.vocabulary.counts
    const counts = new Float64Array(this.#words.size)
    await this.read({ word: id => void counts[id]!++, endSentence() {} })
    return counts
  }
}

async function phrasesIn(
  text: JoinedText,
  words: JoinedWords,
  threshold: number,
  { scoring, minCount, connectors, pairMemory }: CompletePhraseOptions,
): Promise<Phrase[]> {
  const counts = await text.counts()
  const tokens = counts.reduce((sum, count) => sum + count, 0)
  const runs = connectorsIn(words, connectors)
  const found: Phrase[] = []
  await countPairs(
    sink => text.read(sink),
    { connectors: runs, counts, minCount },
    pairMemory,
    (first, via, second, together) => {
      const seen = { first: counts[first]!, second: counts[second]!, together, tokens, minCount }
      const score = scores[scoring](seen)
      if (!(score > threshold)) return
      const parts = [first, ...runs.idsOf(via), second].map(id => words.text(id))
      if (isText(parts)) found.push({ words: parts, count: together, score: rounded(score) })
    },
  )
  return found.sort(byScore)
}

/** Phrases are kept as text, so that words which are not UTF-8 are in none. */
function isText(parts: readonly (string | undefined)[]): parts is readonly string[] {
  return !parts.includes(undefined)
}

function byScore(a: Phrase, b: Phrase): number {
  return b.score - a.score || b.count - a.count || compare(a.words.join(' '), b.words.join(' '))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

/** Six digits: enough to choose by, and the same in engines whose logarithms differ in the last bit. */
function rounded(score: number): number {
  return Number(score.toPrecision(6))
}
