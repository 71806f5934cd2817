import type { Connectors } from './connectors.js'
import { NOTHING_BETWEEN } from './connectors.js'
import type { IdSink } from './id-sink.js'
import type { PairTable } from './pair-table.js'

/** The phrases of one pass as numbers. */
export interface JoinTable {
  /** By first word, run of connectors and second word: the id of the phrase. */
  readonly phrases: PairTable
  readonly connectors: Connectors
  /** By id: bit 0 if a phrase begins with it, bit 1 if it is a connector. Ids beyond are neither. */
  readonly kinds: Uint8Array
}

export const BEGINS = 1
export const CONNECTS = 2

/**
 * Joins phrases from left to right: a word that ended a phrase begins none in the same pass. Connector words are part
 * of a phrase between two others, and alone begin or end none.
 */
export class PhraseJoiner implements IdSink {
  readonly #table: JoinTable
  readonly #next: IdSink
  readonly #ids: number[] = [] // the word that may begin a phrase, and connectors after it
  readonly #lengths: number[] = []
  #via = NOTHING_BETWEEN

  constructor(table: JoinTable, next: IdSink) {
    this.#table = table
    this.#next = next
  }

  word(id: number, length: number): void {
    const kind = this.#table.kinds[id] ?? 0
    const waiting = this.#ids.length
    if (waiting === 0) {
      if (kind === BEGINS) this.#wait(id, length)
      else this.#next.word(id, length)
    } else if (kind & CONNECTS) this.#connect(id, length)
    else this.#meet(id, length, kind)
  }

  endSentence(): void {
    this.#release()
    this.#next.endSentence()
  }

  #meet(id: number, length: number, kind: number): void {
    const joined = id < 0 ? -1 : this.#table.phrases.get(this.#ids[0]!, this.#via, id)
    if (joined >= 0) {
      for (const own of this.#lengths) length += own
      this.#forget()
      this.#next.word(joined, length)
      return
    }
    this.#release()
    if (kind === BEGINS) this.#wait(id, length)
    else this.#next.word(id, length)
  }

  #connect(id: number, length: number): void {
    this.#via = this.#table.connectors.longer(this.#via, id)
    this.#wait(id, length)
    if (this.#via < 0) this.#release()
  }

  #wait(id: number, length: number): void {
    this.#ids.push(id)
    this.#lengths.push(length)
  }

  #release(): void {
    for (let i = 0; i < this.#ids.length; i++) this.#next.word(this.#ids[i]!, this.#lengths[i]!)
    this.#forget()
  }

  #forget(): void {
    this.#ids.length = 0
    this.#lengths.length = 0
    this.#via = NOTHING_BETWEEN
  }
}
