import type { Fault } from '../../errors.js'
import type { WordVectors } from '../../vectors/index.js'
import type { ReadOptions } from '../format.js'
import { parseDecimal } from '../lines/decimal.js'
import { MOST_DIMENSIONS } from '../lines/header.js'
import { LEAVE_OUT } from '../refusals.js'
import { CollectedVectors } from '../selection/collected-vectors.js'
import type { JsonScanner } from './json-scanner.js'

const COMMA = 0x2c

/** Rows from lists of numbers, as many in each as in the first. */
export class JsonRows {
  readonly #scanner: JsonScanner
  readonly #options: ReadOptions
  #collected: CollectedVectors | undefined
  #passedOver = new Set<string>()

  constructor(scanner: JsonScanner, options: ReadOptions) {
    this.#scanner = scanner
    this.#options = options
  }

  /** Whether no more rows are wanted. */
  get areEnough(): boolean {
    return this.#collected?.isFull ?? false
  }

  /** Notes a member of a record that is neither word nor vector. */
  passOver(name: Uint8Array): void {
    if (this.#passedOver.size < 10) this.#passedOver.add(quoted(name))
  }

  /** Takes the list that comes next for this word. Throws `bad-data` if it is none of numbers, or of another length. */
  async take(word: Uint8Array): Promise<void> {
    const part = quoted(word)
    if ((await this.#scanner.peek()) !== '[') throw await this.#scanner.unexpected('a list of numbers', part)
    const list = await this.#scanner.takeList(part)
    this.#collected ??= new CollectedVectors(this.#dimensionsOf(list, part), 0, this.#options)
    if (!this.#collected.wants(word)) return
    const target = this.#collected.next()
    const areFinite = this.#fill(target, list, part)
    if (areFinite) this.#collected.add(word)
    else this.#collected.leaveOut()
  }

  /** Throws `bad-data` if there was none. */
  finish(): WordVectors {
    const { reader } = this.#scanner
    if (!this.#collected)
      throw reader.error({ found: 'there is no word in it', expected: 'words, each with a list of numbers' })
    const names = [...this.#passedOver]
    if (names.length > 0)
      this.#collected.warn(
        `${reader.name}: of each object only the word and its list were taken, not ${names.join(', ')}`,
      )
    return this.#collected.finish(reader.name)
  }

  #dimensionsOf(list: Uint8Array, part: string): number {
    let count = list.some(byte => !isBlank(byte)) ? 1 : 0
    for (const byte of list) if (byte === COMMA) count++
    if (count > 0 && count <= MOST_DIMENSIONS) return count
    const expected = `1 to ${MOST_DIMENSIONS.toLocaleString('en')}`
    throw this.#error({ found: `there are ${count.toLocaleString('en')} numbers`, expected }, part)
  }

  /** Whether all numbers are finite, which they must be unless such rows are left out. */
  #fill(target: Float32Array, list: Uint8Array, part: string): boolean {
    let areFinite = true
    let at = 0
    for (let i = 0; i < target.length; i++) {
      const end = endOfNumber(list, at)
      const [start, stop] = trimmed(list, at, end)
      target[i] = parseDecimal(list, start, stop)
      if (!Number.isFinite(target[i])) {
        areFinite = false
        this.#checkNumber(list, start, stop, part)
      }
      if (end === list.length && i + 1 < target.length) throw this.#otherLength(list, target.length, part)
      at = end + 1
    }
    if (at <= list.length) throw this.#otherLength(list, target.length, part)
    return areFinite
  }

  /** Throws unless it is a number that is not finite and may be left out. */
  #checkNumber(list: Uint8Array, start: number, end: number, part: string): void {
    const text = new TextDecoder().decode(list.subarray(start, Math.min(end, start + 40)))
    const spelled = /^(null|NaN|-?Infinity)$/.test(text)
    const isTooLarge = !spelled && !Number.isNaN(parseDecimal(list, start, end))
    if ((spelled || isTooLarge) && this.#collected!.leavesOut) return
    const behind = start - list.length - 1
    if (spelled || isTooLarge)
      throw this.#error(
        {
          found: isTooLarge ? `${text} is too large` : `there is ${text}`,
          expected: isTooLarge ? 'a number that fits in float32' : 'a finite number',
          cure: LEAVE_OUT,
        },
        part,
        behind,
      )
    const found = text === '' ? 'there is no number' : `${JSON.stringify(text)} is not a number`
    throw this.#error({ found, expected: 'numbers with commas between them' }, part, behind)
  }

  #otherLength(list: Uint8Array, length: number, part: string) {
    const count = list.reduce((commas, byte) => commas + Number(byte === COMMA), 1)
    const found = `there ${count === 1 ? 'is 1 number' : `are ${count.toLocaleString('en')} numbers`}`
    return this.#error({ found, expected: `${length.toLocaleString('en')}, as in the first list` }, part)
  }

  #error(fault: Fault, part: string, behind?: number) {
    return this.#scanner.error({ ...fault, place: { part } }, behind)
  }
}

export function quoted(word: Uint8Array): string {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(word.subarray(0, 60))
  return JSON.stringify(word.length > 60 ? `${text}…` : text)
}

function endOfNumber(list: Uint8Array, from: number): number {
  let at = from
  while (at < list.length && list[at] !== COMMA) at++
  return at
}

function trimmed(list: Uint8Array, start: number, end: number): [start: number, end: number] {
  while (start < end && isBlank(list[start]!)) start++
  while (end > start && isBlank(list[end - 1]!)) end--
  return [start, end]
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}
