import { addScaled, norm } from '../../math/index.js'
import { type TokenizerName, tokenize } from '../../text/index.js'
import type { Embedded } from './embedder.js'
import type { EmbeddingModel } from './embedding-model.js'

/** Words of a file that is read by position, as `openVectorFile` of `wordloom/formats` opens it. */
export interface RowsToLookUp {
  readonly dimensions: number
  readonly metadata: Readonly<Record<string, string>>
  /** A copy of the word's vector, or of that of its sub-words. */
  vector(word: string): Promise<Float32Array | undefined>
  close(): Promise<void>
}

/** Words that are looked up together. */
const AT_ONCE = 32

/** A model of which only the words are read that are asked for, while all of it is being loaded. Texts get the bytes that they will get then. */
export class LookedUpModel implements EmbeddingModel {
  readonly name: string
  readonly #rows: RowsToLookUp
  readonly #tokenizer: TokenizerName | undefined

  /** For models whose vectors of texts are means. */
  constructor(name: string, rows: RowsToLookUp, tokenizer?: TokenizerName) {
    this.name = name
    this.#rows = rows
    this.#tokenizer = tokenizer
  }

  get dimensions(): number {
    return this.#rows.dimensions
  }

  get isOrdered(): boolean {
    return this.#rows.metadata.dimensionsBefore !== undefined
  }

  async embed(text: string, vector: Float32Array): Promise<Embedded> {
    const words = tokenize(text, this.#tokenizer)
    const rows = await this.#rowsOf([...new Set(words)])
    const sum = new Float64Array(this.dimensions)
    let known = 0
    for (const word of words) {
      const row = rows.get(word)
      if (!row) continue
      known++
      addScaled(sum, 1, row)
    }
    const length = norm(sum)
    if (length > 0) for (let i = 0; i < vector.length; i++) vector[i] = sum[i]! / length
    return { vector, tokens: words.length, known, isEmpty: !(length > 0) }
  }

  close(): Promise<void> {
    return this.#rows.close()
  }

  async #rowsOf(words: readonly string[]): Promise<ReadonlyMap<string, Float32Array>> {
    const found = new Map<string, Float32Array>()
    for (let i = 0; i < words.length; i += AT_ONCE) {
      const some = words.slice(i, i + AT_ONCE)
      const rows = await Promise.all(some.map(word => this.#rows.vector(word)))
      for (const [j, row] of rows.entries()) if (row && norm(row) > 0) found.set(some[j]!, row)
    }
    return found
  }
}
