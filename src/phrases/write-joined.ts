import { compressedFor, writeWhole } from '../files/index.js'
import type { CorpusFacts, CorpusSource, EncodedCorpus } from '../text/index.js'
import { type IdSink, poured } from './id-sink.js'
import { joinedTextInto } from './joined-corpus.js'
import { JoinedWords } from './joined-words.js'
import { encodeAllWords, learnFrom } from './learn-phrases.js'
import { completePhraseOptions, type PhraseOptions } from './phrase-options.js'
import type { Phrases } from './phrases.js'

/** What came of writing a text with its phrases joined. */
export interface JoinedTextFacts {
  readonly phrases: Phrases
  /** Of the text before. */
  readonly corpus: CorpusFacts
  /** Tokens written: a phrase is one. */
  readonly tokens: number
}

/**
 * Reads a text once and writes it with its phrases joined: a sentence a line, tokens with a space between them, as the
 * tokenizer cut them; compressed for .gz and .zst. They are phrases of this text, or those given. The file is written
 * whole or not at all. Throws what learnPhrases throws, and `not-written`.
 */
export async function writeJoined(
  source: CorpusSource,
  path: string,
  { phrases: given, ...options }: PhraseOptions & { readonly phrases?: Phrases } = {},
): Promise<JoinedTextFacts> {
  const settings = completePhraseOptions(options)
  const corpus = await encodeAllWords(source, settings)
  try {
    const phrases = given ?? (await learnFrom(corpus, settings))
    const lines = new JoinedLines(corpus, phrases)
    await writeWhole(path, compressedFor(path, lines.bytes(settings.signal)))
    return { phrases, corpus: corpus.facts, tokens: lines.tokens }
  } finally {
    corpus.ids.close()
  }
}

const SPACE = 0x20
const NEWLINE = 0x0a

/** The bytes of a joined text. */
class JoinedLines implements IdSink {
  tokens = 0
  readonly #ids: EncodedCorpus['ids']
  readonly #words: JoinedWords
  readonly #first: IdSink
  #bytes = new Uint8Array(1 << 20)
  #length = 0
  #lineStart = true

  constructor(corpus: EncodedCorpus, phrases: Phrases) {
    this.#ids = corpus.ids
    this.#words = new JoinedWords(corpus.vocabulary)
    this.#first = joinedTextInto(this.#words, phrases, this)
  }

  async *bytes(signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    for await (const _ of poured(this.#ids, this.#first, signal)) {
      yield this.#bytes.slice(0, this.#length) // a copy: a compressor may hold it while more is written
      this.#length = 0
    }
  }

  word(id: number): void {
    const word = this.#words.bytes(id)
    this.#makeRoom(word.length + 2)
    if (!this.#lineStart) this.#bytes[this.#length++] = SPACE
    for (let i = 0; i < word.length; i++) this.#bytes[this.#length++] = word[i]!
    this.#lineStart = false
    this.tokens++
  }

  endSentence(): void {
    this.#makeRoom(1)
    this.#bytes[this.#length++] = NEWLINE
    this.#lineStart = true
  }

  #makeRoom(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return
    const larger = new Uint8Array(2 * this.#bytes.length + bytes)
    larger.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = larger
  }
}
