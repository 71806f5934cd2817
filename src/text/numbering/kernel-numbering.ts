import { WordloomError } from '../../errors.js'
import { letters } from '../scanning/letters.js'
import { MAX_TOKEN_BYTES, NEWLINE, type Scanner } from '../scanning/scanner.js'
import { scannerFor, type TokenizerName } from '../scanning/tokenizers.js'
import { type NumberingLimits, numberWords } from '../vocabulary/merged-words.js'
import type { CountedWords, Vocabulary } from '../vocabulary/vocabulary.js'
import type { Numbered, Numbering } from './numbering.js'
import { RECORD, type TextKernel, textKernel } from './text-kernel.js'

/** The beginning of a token waits for its end, up to this many bytes: then it is no token for the kernel. */
const LONGEST_WAIT = 2 * MAX_TOKEN_BYTES
const LINE_END = Uint8Array.of(NEWLINE)
const RECORD_FIELDS = RECORD.bytes / 4
/** The kernel has room for what 64 KB of text gives, and for somewhat more. */
const MOST_IDS_BEFORE = 4096

/** Where numbers go; what is given is good during the call only. */
export interface NumberSink {
  append(numbers: Int32Array): void
}

/**
 * A numbering at the speed of kernels/text.ts: bytes in, numbers of words out, nothing in between.
 * Pieces that the kernel cannot cut (in scripts without spaces, with letters beyond U+FFFF or whose lower case
 * depends on their neighbours, badly encoded, too long) go through the scanner of TypeScript, and its tokens into
 * the kernel's table, so that the result is the same.
 */
export class KernelNumbering implements Numbering {
  readonly #kernel: TextKernel['exports']
  readonly #memory: TextKernel['memory']
  readonly #ids: NumberSink
  readonly #scanner: Scanner
  readonly #words: boolean
  readonly #text: number // where text goes, and how much has room
  readonly #room: number
  #bytes: Uint8Array // the kernel's memory
  #length = 0 // of the text that is not scanned yet
  #known: Numbered | undefined // a vocabulary that was given
  #lettersKnown = false
  #inPiece = false // the scanner has the beginning of a piece

  constructor(tokenizer: TokenizerName, ids: NumberSink, vocabulary?: Vocabulary) {
    const { exports, memory } = textKernel()
    this.#kernel = exports
    this.#memory = memory
    this.#ids = ids
    this.#scanner = scannerFor(tokenizer, {
      token: (bytes, start, end) => this.#token(bytes, start, end),
      endSentence: () => exports.endSentence(),
    })
    this.#words = tokenizer === 'words'
    this.#text = exports.text.value
    this.#room = exports.TEXT_BYTES.value
    this.#bytes = new Uint8Array(memory.buffer)
    if (vocabulary) this.#known = { vocabulary, ids: this.#learn(vocabulary) }
  }

  get tokens(): number {
    return this.#kernel.tokens.value
  }

  get sentences(): number {
    return this.#kernel.sentences.value
  }

  get skipped(): number {
    return this.#scanner.skipped
  }

  /** Distinct words. */
  get size(): number {
    return this.#kernel.size.value
  }

  write(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; ) {
      const to = Math.min(bytes.length, from + this.#room - this.#length)
      this.#view().set(bytes.subarray(from, to), this.#text + this.#length)
      this.#length += to - from
      this.#scan()
      from = to
    }
  }

  end(): void {
    if (!this.#inPiece) this.write(LINE_END) // so that the kernel takes the last token
    this.#giveRest()
    this.#scanner.end()
    this.#inPiece = false
    attempt(() => this.#kernel.settle())
  }

  token(bytes: Uint8Array, start: number, end: number): void {
    this.#giveRest()
    this.#token(bytes, start, end)
  }

  endSentence(): void {
    this.#giveRest()
    this.#kernel.endSentence()
  }

  finish(limits: NumberingLimits): Numbered {
    this.flush()
    if (this.#known) return this.#known
    const { ids, ...numbered } = numberWords(this.countedWords(), limits)
    return { ...numbered, ids: [ids] }
  }

  /** Writes down the numbers of all tokens that are over. */
  flush(): void {
    attempt(() => this.#kernel.settle())
    const first = this.#kernel.ids.value
    this.#ids.append(new Int32Array(this.#memory.buffer, first, this.#kernel.idCount.value))
    this.#kernel.clearIds()
  }

  /** All words, as views of the kernel's memory that are good until more text comes. */
  countedWords(): CountedWords {
    const { size, records, arena } = this.#kernel
    const view = new Uint32Array(this.#memory.buffer, records.value, (size.value + 1) * RECORD_FIELDS)
    const counts = new Float64Array(size.value)
    const offsets = new Uint32Array(size.value + 1)
    for (let word = 0, at = 0; word <= size.value; word++, at += RECORD_FIELDS) {
      offsets[word] = view[at + RECORD.start / 4]!
      if (word < size.value)
        counts[word] = view[at + RECORD.count / 4]! + view[at + RECORD.count / 4 + 1]! * 2 ** 32
    }
    return { bytes: this.#view().subarray(arena.value), offsets, counts }
  }

  /** Numbers the words of a vocabulary and no others; gives their ids if some are too long for any token. */
  #learn(vocabulary: Vocabulary): [Int32Array] | undefined {
    const ids: number[] = []
    for (let id = 0; id < vocabulary.size; id++) {
      const word = vocabulary.bytes(id)
      if (word.length > MAX_TOKEN_BYTES) continue
      this.#view().set(word, this.#kernel.word.value)
      attempt(() => this.#kernel.learnWord(word.length))
      ids.push(id)
    }
    this.#kernel.freeze()
    return ids.length < vocabulary.size ? [Int32Array.from(ids)] : undefined
  }

  /** Scans what has come, but for the beginning of a token. */
  #scan(): void {
    if (this.#kernel.idCount.value > MOST_IDS_BEFORE) this.flush()
    const end = this.#text + this.#length
    let at = this.#inPiece ? this.#giveOn(this.#text, end) : this.#text
    while (!this.#inPiece) {
      at = attempt(() => this.#kernel.scan(this.#words, at, end))
      if (this.#needsLetters(at, end)) this.#giveLetters()
      else if (end - at <= LONGEST_WAIT) break
      else at = this.#giveOn(at, end)
    }
    this.#view().copyWithin(this.#text, at, end)
    this.#length = end - at
  }

  /** At the first character that is not ASCII. */
  #needsLetters(at: number, end: number): boolean {
    if (!this.#words || this.#lettersKnown) return false
    return this.#view()
      .subarray(at, end)
      .some(byte => byte >= 0x80)
  }

  #giveLetters(): void {
    const { kinds, lowered } = letters()
    this.#view().set(kinds, this.#kernel.kinds.value)
    this.#view().set(new Uint8Array(lowered.buffer), this.#kernel.lowerCases.value)
    this.#kernel.knowLetters()
    this.#lettersKnown = true
  }

  /** Gives a piece, or its beginning, to the scanner; gives its end. */
  #giveOn(from: number, end: number): number {
    const pieceEnd = this.#kernel.piece(this.#words, from, end)
    this.#inPiece = pieceEnd === 0
    const to = pieceEnd || end
    this.#give(from, to)
    return to
  }

  #giveRest(): void {
    if (this.#length === 0) return
    this.#give(this.#text, this.#text + this.#length)
    this.#length = 0
    this.#inPiece = true
  }

  /** A copy: the kernel's memory moves where a token of the piece has it grow. */
  #give(from: number, to: number): void {
    this.#scanner.write(this.#view().slice(from, to))
  }

  #token(bytes: Uint8Array, start: number, end: number): void {
    const memory = this.#view()
    for (let i = start, to = this.#kernel.word.value; i < end; i++, to++) memory[to] = bytes[i]!
    attempt(() => this.#kernel.wordToken(end - start))
    if (this.#kernel.idCount.value > this.#room) this.flush()
  }

  #view(): Uint8Array {
    if (this.#bytes.length === 0) this.#bytes = new Uint8Array(this.#memory.buffer)
    return this.#bytes
  }
}

/** The kernel traps where its memory cannot grow. */
function attempt<T>(call: () => T): T {
  try {
    return call()
  } catch (cause) {
    if (!(cause instanceof WebAssembly.RuntimeError)) throw cause
    throw new WordloomError(
      'too-large',
      {
        action: 'count the words',
        found: 'the text has more different words than there is memory to count them in (4 GiB at most)',
        cure: 'give a vocabulary, or less text',
      },
      { cause },
    )
  }
}
