/** Lines of which the text is kept, to name the most frequent ones. */
const NAMED = 512
/** Lines that are told apart at once; with more, only a share of them is, chosen by their hashes. */
const TOLD_APART = 1 << 16
/** Bytes by which a line is named. */
const SHOWN = 80
const BYTES = 0x100000000

/** A line that the text has more than once. */
export interface RepeatedLine {
  readonly line: string
  /** At least. */
  readonly times: number
}

/**
 * Counts lines that came before, in memory that does not grow with the text: exactly while there are few different ones,
 * and then by a sample of the different lines (distinct sampling, Gibbons 2001). Frequent lines are found by the counters
 * of Misra and Gries (1982). Blank lines are no lines.
 */
export class RepeatedLines {
  /** Lines that are not blank. */
  lines = 0
  blank = 0
  readonly #sampled = new Set<number>() // hashes
  readonly #frequent = new Map<number, { times: number; readonly start: Uint8Array }>()
  readonly #start = new Uint8Array(SHOWN)
  #share = 1 // of hashes that are sampled, as 1 in so many
  #length = 0
  #high = 0x811c9dc5
  #low = 0x2545f491
  #isBlank = true

  take(byte: number): void {
    if (this.#length < SHOWN) this.#start[this.#length] = byte
    this.#length++
    this.#high = Math.imul(this.#high ^ byte, 0x01000193)
    this.#low = Math.imul(this.#low + byte, 0x9e3779b1) ^ (this.#low >>> 15)
    if (byte > 0x20) this.#isBlank = false
  }

  endLine(): void {
    if (this.#isBlank) this.blank += Number(this.#length > 0)
    else {
      this.lines++
      this.#count((this.#high >>> 11) * BYTES + (this.#low >>> 0))
    }
    this.#length = 0
    this.#high = 0x811c9dc5
    this.#low = 0x2545f491
    this.#isBlank = true
  }

  /** The share of lines that came before, 0 … 1. */
  get share(): number {
    return this.lines === 0 ? 0 : Math.max(0, 1 - (this.#sampled.size * this.#share) / this.lines)
  }

  /** The most frequent first. */
  most(count: number): RepeatedLine[] {
    const decoder = new TextDecoder()
    return [...this.#frequent.values()]
      .filter(({ times }) => times > 1)
      .sort((a, b) => b.times - a.times)
      .slice(0, count)
      .map(({ times, start }) => ({ times, line: decoder.decode(start).replace(/\ufffd+$/, '') }))
  }

  #count(hash: number): void {
    this.#name(hash)
    if (hash % this.#share !== 0) return
    this.#sampled.add(hash)
    if (this.#sampled.size <= TOLD_APART) return
    this.#share *= 2
    for (const one of this.#sampled) if (one % this.#share !== 0) this.#sampled.delete(one)
  }

  #name(hash: number): void {
    const known = this.#frequent.get(hash)
    if (known) known.times++
    else if (this.#frequent.size < NAMED)
      this.#frequent.set(hash, { times: 1, start: this.#start.slice(0, Math.min(this.#length, SHOWN)) })
    else for (const [one, counted] of this.#frequent) if (--counted.times === 0) this.#frequent.delete(one)
  }
}
