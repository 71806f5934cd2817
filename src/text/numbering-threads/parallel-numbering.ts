import { type TokenIds, tableMark } from '../../ids/index.js'
import { KernelNumbering } from '../numbering/kernel-numbering.js'
import type { Numbered, Numbering } from '../numbering/numbering.js'
import { textModule } from '../numbering/text-kernel.js'
import { NEWLINE } from '../scanning/scanner.js'
import type { TokenizerName } from '../scanning/tokenizers.js'
import { type NumberingLimits, numberWords } from '../vocabulary/merged-words.js'
import { type CountedWords, type Vocabulary, VocabularyBuilder } from '../vocabulary/vocabulary.js'
import type { NumberingTask } from './numbering-service.js'
import { NumberingThread } from './numbering-thread.js'
import { type NumberedPiece, type Piece, PieceNumbering } from './piece-numbering.js'
import { Seam } from './seam.js'

/** Short enough that pieces on their way take little memory, long enough that their way costs nothing. */
const PIECE_BYTES = 1 << 18
/** Text that is numbered before other threads are asked: they take a while to start, and memory. */
const EARLY_BYTES = 16 << 20
/** Pieces that a thread has at once, so that it never waits for the next one. */
const PIECES_A_THREAD = 2
/** Reading, hashing and renumbering here take as long as two threads need to number. */
const MOST_HELPERS = 2
/** A file of this many bytes certainly has much text. */
const LARGE_FILE = 32 << 20
const SPACE = 0x20
const LINE_END = Uint8Array.of(NEWLINE)

export interface PieceSizes {
  readonly pieceBytes: number
  readonly earlyBytes: number
}

const USUAL_SIZES: PieceSizes = { pieceBytes: PIECE_BYTES, earlyBytes: EARLY_BYTES }

/** Tables, as marks name them. */
const HERE = 0
const TOKENS = 1
const FIRST_THREAD = 2

type Room = Pick<Piece, 'text' | 'numbers'>

interface Pending {
  readonly table: number
  readonly numbered: Promise<NumberedPiece>
}

/**
 * A numbering on several threads: this one, and helpers. The text is cut into pieces behind white space, if no token is open; each
 * thread numbers its pieces in a table of its own, and the numbers come back in the order of the text, behind marks
 * that tell whose table is meant. The tables become one vocabulary at the end. Since words are ordered by count and
 * bytes, vocabulary and ids do not depend on which thread met a word first: they are those of one thread.
 */
export class ParallelNumbering implements Numbering {
  size = 0
  readonly #task: NumberingTask
  readonly #vocabulary: Vocabulary | undefined
  readonly #ids: TokenIds
  readonly #helpers: number
  readonly #sizes: PieceSizes
  readonly #here: PieceNumbering // for the beginning of the text
  #tokens: KernelNumbering | undefined // for tokens that come one by one
  readonly #threads: NumberingThread[] = []
  readonly #pending: Pending[] = [] // in the order of the text
  readonly #free: Room[] = []
  #rooms = 1
  readonly #seam = new Seam()
  #early = 0 // bytes that were numbered here
  #room: Room // of the piece that is being filled
  #length = 0
  #openTable: number | undefined // whose table the piece before went to, where it ended within a token

  constructor(
    tokenizer: TokenizerName,
    ids: TokenIds,
    threads: number,
    vocabulary?: Vocabulary,
    sizes = USUAL_SIZES,
  ) {
    this.#task = { module: textModule()!, tokenizer, vocabulary: vocabulary?.arena }
    this.#vocabulary = vocabulary
    this.#ids = ids
    this.#helpers = Math.min(threads - 1, MOST_HELPERS)
    this.#sizes = sizes
    this.#room = newRoom(sizes)
    this.#here = new PieceNumbering(tokenizer, vocabulary)
  }

  get tokens(): number {
    return this.#seam.tokens + (this.#tokens?.tokens ?? 0)
  }

  get sentences(): number {
    return this.#seam.sentences + (this.#tokens?.sentences ?? 0)
  }

  get skipped(): number {
    return this.#seam.skipped
  }

  /** So many bytes, or more, are to come. */
  expect(bytes: number): void {
    if (bytes >= LARGE_FILE) this.#early = this.#sizes.earlyBytes
  }

  write(bytes: Uint8Array): void | Promise<void> {
    const taken = this.#fill(bytes)
    if (taken < bytes.length) return this.#writeOn(bytes.subarray(taken))
  }

  /** A text ends like a line. */
  end(): void | Promise<void> {
    return this.write(LINE_END)
  }

  /** Resolves when all text is numbered, which must have ended. To be called before tokens come one by one. */
  async settle(): Promise<void> {
    if (this.#length > 0) await this.#send(this.#length)
    while (this.#pending.length > 0) await this.#takeFirst()
  }

  token(bytes: Uint8Array, start: number, end: number): void {
    this.#tokens ??= new KernelNumbering(
      this.#task.tokenizer,
      { append: numbers => this.#append(TOKENS, numbers) },
      this.#vocabulary,
    )
    this.#tokens.token(bytes, start, end)
  }

  endSentence(): void {
    this.#tokens?.endSentence()
    this.#tokens?.flush() // text may follow
  }

  async finish(limits: NumberingLimits): Promise<Numbered> {
    if (this.#vocabulary) return this.#here.kernel.finish(limits)
    const here = this.#here.kernel.countedWords()
    const builder = new VocabularyBuilder()
    const numbers = [addAll(builder, here), addAll(builder, this.#tokens?.countedWords())]
    for (const thread of this.#threads) {
      numbers.push(addAll(builder, await thread.words()))
      await thread.close() // one table less in memory
    }
    this.size = builder.size
    const { ids, ...numbered } = numberWords(builder.countedWords(), limits)
    return { ...numbered, ids: numbers.map(table => table.map(number => ids[number]!)) }
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map(thread => thread.close()))
  }

  /** Gives how many bytes had room. */
  #fill(bytes: Uint8Array): number {
    const { text } = this.#room
    const taken =
      bytes.length <= text.length - this.#length ? bytes : bytes.subarray(0, text.length - this.#length)
    text.set(taken, this.#length)
    this.#length += taken.length
    return taken.length
  }

  async #writeOn(bytes: Uint8Array): Promise<void> {
    for (let from = 0; from < bytes.length; from += this.#fill(bytes.subarray(from)))
      await this.#send(cutIn(this.#room.text))
  }

  /** The piece up to the cut, all of it if there is none; what is behind the cut begins the next one. */
  async #send(cut: number): Promise<void> {
    const { text, numbers } = this.#room
    const piece = { text, numbers, length: cut || this.#length, open: cut === 0 }
    const next = await this.#nextRoom()
    next.text.set(text.subarray(piece.length, this.#length))
    this.#room = next
    this.#length -= piece.length
    if (this.#openTable === HERE || (this.#openTable === undefined && this.#early < this.#sizes.earlyBytes))
      this.#numberHere(piece)
    else this.#handOut(piece)
  }

  async #nextRoom(): Promise<Room> {
    if (this.#free.length === 0) {
      if (this.#rooms < PIECES_A_THREAD * this.#helpers + 2) {
        this.#rooms++
        return newRoom(this.#sizes)
      }
      await this.#takeFirst()
    }
    return this.#free.pop()!
  }

  #numberHere(piece: Piece): void {
    this.#early += piece.length
    this.#openTable = piece.open ? HERE : undefined
    this.#take(HERE, this.#here.number(piece))
  }

  #handOut(piece: Piece): void {
    const table = this.#openTable ?? this.#leastBusy()
    this.#openTable = piece.open ? table : undefined
    const numbered = this.#threads[table - FIRST_THREAD]!.number(piece)
    numbered.catch(() => {}) // it is thrown where the piece is taken
    this.#pending.push({ table, numbered })
  }

  /** A new thread where all have work. */
  #leastBusy(): number {
    const busy = this.#threads.map(thread => thread.busy)
    const least = Math.min(...busy)
    if (least === 0 || this.#threads.length === this.#helpers) return FIRST_THREAD + busy.indexOf(least)
    this.#threads.push(new NumberingThread(this.#task))
    return FIRST_THREAD + this.#threads.length - 1
  }

  async #takeFirst(): Promise<void> {
    const { table, numbered } = this.#pending[0]!
    const piece = await numbered
    this.#pending.shift()
    this.#take(table, piece)
  }

  #take(table: number, piece: NumberedPiece): void {
    this.#seam.join(piece, numbers => this.#append(table, numbers))
    this.#free.push(piece)
  }

  #append(table: number, numbers: Int32Array): void {
    if (numbers.length === 0) return
    if (!this.#vocabulary) this.#ids.push(tableMark(table))
    this.#ids.append(numbers)
  }
}

function newRoom({ pieceBytes }: PieceSizes): Room {
  return { text: new Uint8Array(pieceBytes), numbers: new Int32Array(pieceBytes >> 2) }
}

/** Behind the last white space; 0 if there is none. */
function cutIn(text: Uint8Array): number {
  return Math.max(text.lastIndexOf(SPACE), text.lastIndexOf(NEWLINE)) + 1
}

/** The number that the builder gives to each word. */
function addAll(builder: VocabularyBuilder, words: CountedWords | undefined): Int32Array {
  if (words === undefined) return new Int32Array(0)
  const { bytes, offsets, counts } = words
  const numbers = new Int32Array(counts.length)
  for (let word = 0; word < counts.length; word++)
    numbers[word] = builder.add(bytes, offsets[word], offsets[word + 1], counts[word])
  return numbers
}
