import { type Connectors, NOTHING_BETWEEN } from './connectors.js'
import type { IdSink } from './id-sink.js'
import { hashPair, PairTable } from './pair-table.js'

/** Which pairs are counted. */
export interface PairsWanted {
  readonly connectors: Connectors
  /** By id; pairs with a word seen fewer times than `minCount` cannot be phrases. */
  readonly counts: Float64Array
  readonly minCount: number
}

/** Pairs whose hash ends in these bits. */
interface Share {
  readonly bits: number
  readonly value: number
}

/**
 * Counts pairs exactly in so much memory, with as many readings of the text as that takes: where the table is full,
 * it keeps the pairs of one half of all hashes, and the other half waits for a reading of its own.
 */
export async function countPairs(
  read: (sink: IdSink) => Promise<void>,
  wanted: PairsWanted,
  memory: number,
  see: (first: number, via: number, second: number, together: number) => void,
): Promise<{ readings: number }> {
  const limit = PairTable.pairsWithin(memory)
  const shares: Share[] = [{ bits: 0, value: 0 }]
  let readings = 0
  for (let share = shares.pop(); share; share = shares.pop()) {
    const counter = new PairCounter(wanted, limit, share, other => shares.push(other))
    await read(counter)
    readings++
    counter.table.forEach(see)
  }
  return { readings }
}

/** Sees neighbours in a sentence, and words with nothing but connectors between them. */
class PairCounter implements IdSink {
  readonly table = new PairTable()
  readonly #wanted: PairsWanted
  readonly #limit: number
  readonly #leave: (share: Share) => void
  #share: Share
  #mask: number
  #first = -1
  #via = NOTHING_BETWEEN

  constructor(wanted: PairsWanted, limit: number, share: Share, leave: (share: Share) => void) {
    this.#wanted = wanted
    this.#limit = limit
    this.#leave = leave
    this.#share = share
    this.#mask = maskOf(share)
  }

  word(id: number): void {
    const { connectors, counts, minCount } = this.#wanted
    if (!connectors.isEmpty && connectors.has(id)) {
      if (this.#first >= 0) this.#via = connectors.longer(this.#via, id)
      if (this.#via < 0) this.endSentence()
      return
    }
    const frequent = counts[id]! >= minCount
    if (frequent && this.#first >= 0) this.#count(this.#first, this.#via, id)
    this.#first = frequent ? id : -1
    this.#via = NOTHING_BETWEEN
  }

  endSentence(): void {
    this.#first = -1
    this.#via = NOTHING_BETWEEN
  }

  #count(first: number, via: number, second: number): void {
    if (!this.#isMine(first, via, second)) return
    if (this.table.size >= this.#limit && !this.table.has(first, via, second)) {
      this.#halve()
      this.#count(first, via, second)
    } else this.table.count(first, via, second)
  }

  #isMine(first: number, via: number, second: number): boolean {
    return this.#mask === 0 || (hashPair(0, first, via, second) & this.#mask) === this.#share.value
  }

  #halve(): void {
    const { bits, value } = this.#share
    if (bits === 30) throw new Error('pairs of one hash do not fit')
    this.#leave({ bits: bits + 1, value: value | (1 << bits) })
    this.#share = { bits: bits + 1, value }
    this.#mask = maskOf(this.#share)
    this.table.retain((first, via, second) => this.#isMine(first, via, second))
  }
}

function maskOf({ bits }: Share): number {
  return 2 ** bits - 1
}
