import { Growing } from '../../math/index.js'
import { VocabularyBuilder } from '../../text/index.js'
import { type Cleaning, cleaned } from '../cleaning.js'
import type { LabelledLine } from '../corpus/labelled-line.js'
import { END_OF_LINE, visitTokens } from '../tokens.js'

const encoder = new TextEncoder()

/** How lines are cut. */
export interface Cutting {
  readonly cleaning: Cleaning
  /** What tokens begin with that are labels and no words. */
  readonly labelPrefix: string
}

/**
 * Lines as they are read: words and labels, numbered and counted as they come. A mark ends each line, and counts as a word
 * of it. The names of labels have the prefix.
 */
export class CountedLines {
  readonly words = new VocabularyBuilder()
  readonly labels = new VocabularyBuilder()
  /** Of all lines, one after another. */
  readonly #tokens = new Growing(new Uint32Array(1 << 12))
  readonly #tokenEnds = new Growing(new Float64Array(1 << 8))
  readonly #marks = new Growing(new Uint32Array(1 << 8))
  readonly #markEnds = new Growing(new Float64Array(1 << 8))
  readonly #cutting: Cutting
  readonly #prefix: Uint8Array

  constructor(cutting: Cutting) {
    this.#cutting = cutting
    this.#prefix = encoder.encode(cutting.labelPrefix)
  }

  get size(): number {
    return this.#tokenEnds.length
  }

  add({ text, labels }: LabelledLine): void {
    const bytes = encoder.encode(cleaned(text, this.#cutting.cleaning))
    visitTokens(bytes, (start, end) => {
      if (!this.#isLabel(bytes, start, end)) this.#tokens.push(this.words.add(bytes, start, end))
    })
    this.#tokens.push(this.words.add(END_OF_LINE))
    this.#tokenEnds.push(this.#tokens.length)
    for (const label of labels)
      this.#marks.push(this.labels.add(encoder.encode(this.#cutting.labelPrefix + label)))
    this.#markEnds.push(this.#marks.length)
  }

  /** The words of a line, by the numbers in which they came; a view, good until a line is added. */
  tokensOf(line: number): Uint32Array {
    return this.#tokens.array.subarray(
      line === 0 ? 0 : this.#tokenEnds.array[line - 1]!,
      this.#tokenEnds.array[line],
    )
  }

  /** Its labels, in the same way. */
  labelsOf(line: number): Uint32Array {
    return this.#marks.array.subarray(
      line === 0 ? 0 : this.#markEnds.array[line - 1]!,
      this.#markEnds.array[line],
    )
  }

  #isLabel(bytes: Uint8Array, start: number, end: number): boolean {
    const prefix = this.#prefix
    if (end - start < prefix.length || prefix.length === 0) return false
    for (let i = 0; i < prefix.length; i++) if (bytes[start + i] !== prefix[i]) return false
    return true
  }
}
