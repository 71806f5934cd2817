import { frequencyParts } from 'wordloom/map'
import type { OpenedModel } from './protocol.js'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** The words of a model, read when they are needed: a million of them need not be a million strings. */
export class Words {
  readonly size: number
  readonly counts: Float64Array
  /** Whether the file tells how often words were seen. */
  readonly hasCounts: boolean
  /** Each word's frequency on a scale of logarithms, 0 to 1. */
  readonly parts: readonly number[]
  readonly #model: OpenedModel
  readonly #read = new Map<number, string>()

  constructor(model: OpenedModel) {
    this.#model = model
    this.size = model.size
    this.counts = model.counts
    this.hasCounts = model.counts[0] > 0
    this.parts = frequencyParts(model.counts)
  }

  word(id: number): string {
    let word = this.#read.get(id)
    if (word === undefined) {
      const { bytes, offsets } = this.#model
      word = decoder.decode(bytes.subarray(offsets[id], offsets[id + 1]))
      this.#read.set(id, word)
    }
    return word
  }
}
