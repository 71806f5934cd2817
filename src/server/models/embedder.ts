import { option, say, WordloomError } from '../../errors.js'
import { sha256 } from '../../files/index.js'
import { addScaled, type Matrix, norm, row } from '../../math/index.js'
import { type Scanner, scannerFor, type TokenizerName, tokenize } from '../../text/index.js'
import {
  type SentencePooling,
  sentenceOptionTable,
  sentenceVectors,
  type WordVectors,
} from '../../vectors/index.js'

/** How texts get vectors: a property of the served model, which no request changes. */
export interface Pooling {
  /** mean if not given. */
  readonly pooling?: SentencePooling
  /** Texts from which sif takes the directions that all texts share; without them it weighs words only. */
  readonly commonFrom?: readonly string[]
  /** How texts become words: as the vectors say if they came with rules, else `words`. */
  readonly tokenizer?: TokenizerName
}

/** The vector of a text: of length 1, or zeros if no word has one. */
export interface Embedded {
  readonly vector: Float32Array
  readonly tokens: number
  /** Tokens that have a vector, sub-words counted. */
  readonly known: number
  readonly isEmpty: boolean
}

/** Less than this share of a text, left when what is common is taken out, is rounding. */
const NOTHING = 1e-6

/** Bytes of texts that are written into memory that is there. */
const SHORT = 4_096

const encoder = new TextEncoder()

/** Makes vectors of texts, of each the same bytes whatever it is asked with and whenever. */
export class Embedder {
  /** Equal for servers that give a text the same vector if their models are the same. */
  readonly digest: string
  readonly #vectors: WordVectors
  /** By word, what its row is taken times; undefined if all weigh the same. */
  readonly #weights: Float64Array | undefined
  /** Whether words are taken at length 1. */
  readonly #ofDirections: boolean
  readonly #directions: readonly Float64Array[]
  readonly #scanner: Scanner
  readonly #tokenize: ((text: string) => string[]) | undefined
  /** As long as a row with its padding. */
  readonly #padded: Float64Array
  readonly #sum: Float64Array
  readonly #short = new Uint8Array(SHORT)
  #tokens = 0
  #known = 0

  /** Throws `usage` for sif if the vectors came without counts, or if too few texts say what is common. */
  constructor(vectors: WordVectors, { pooling = 'mean', commonFrom, tokenizer }: Pooling = {}) {
    this.#vectors = vectors
    this.#tokenize = tokenizer === undefined ? vectors.tokenize : undefined
    const cut = this.#tokenize ?? ((text: string) => tokenize(text, tokenizer))
    const common = pooling === 'sif' && commonFrom === undefined ? { common: 0 } : {}
    if (pooling === 'sif' && vectors.vocabulary.tokens === 0) throw withoutCounts()
    const fixed = sentenceVectors(vectors, (commonFrom ?? []).map(cut), { pooling, ...common })
    if (pooling === 'sif' && commonFrom !== undefined && !fixed.known.some(words => words > 0))
      throw nothingCommon(commonFrom.length)
    this.#directions = fixed.directions
    this.digest = digestOf([pooling, tokenizer ?? ''], fixed.directions)
    this.#ofDirections = pooling === 'directions'
    this.#weights =
      pooling === 'sif' ? weightsOf(vectors) : this.#ofDirections ? toLengthOne(vectors) : undefined
    this.#padded = new Float64Array(vectors.matrix.stride)
    this.#sum = this.#padded.subarray(0, vectors.dimensions)
    this.#scanner = scannerFor(tokenizer ?? 'words', {
      token: (bytes, start, end) => this.#add(bytes, start, end),
      endSentence: () => {},
    })
  }

  /** Writes the vector into `vector`, zeros as long as a row, if it is given. */
  embed(text: string, vector: Float32Array = new Float32Array(this.#vectors.dimensions)): Embedded {
    this.#sum.fill(0)
    this.#tokens = 0
    this.#known = 0
    if (this.#tokenize)
      for (const token of this.#tokenize(text)) {
        const bytes = encoder.encode(token)
        this.#add(bytes, 0, bytes.length)
      }
    else {
      this.#scanner.write(this.#bytesOf(text))
      this.#scanner.end()
    }
    const isEmpty = !this.#writeDirection(vector)
    return { vector, tokens: this.#tokens, known: this.#known, isEmpty }
  }

  /** Until the next call. */
  #bytesOf(text: string): Uint8Array {
    if (3 * text.length > SHORT) return encoder.encode(text)
    return this.#short.subarray(0, encoder.encodeInto(text, this.#short).written)
  }

  /** As `sentenceVectors` has it: Σ weight · vector, of words whose sub-words were never seen nothing. */
  #add(bytes: Uint8Array, start: number, end: number): void {
    this.#tokens++
    const { vocabulary, matrix, subwords } = this.#vectors
    const id = vocabulary.find(bytes, start, end)
    if (id >= 0) {
      const weight = this.#weights === undefined ? 1 : this.#weights[id]!
      addRow(this.#padded, weight, matrix, id)
      if (weight > 0) this.#known++
      return
    }
    const made = subwords?.vector(bytes.slice(start, end))
    const length = made === undefined ? 0 : norm(made)
    if (!(length > 0)) return
    addScaled(this.#sum, this.#ofDirections ? 1 / length : 1, made!)
    this.#known++
  }

  /** The sum without what is common, at length 1; false if nothing is left. */
  #writeDirection(vector: Float32Array): boolean {
    const sum = this.#sum
    const whole = this.#directions.length === 0 ? 0 : norm(sum)
    for (const direction of this.#directions) {
      let along = 0
      for (let i = 0; i < sum.length; i++) along += sum[i]! * direction[i]!
      addScaled(sum, -along, direction)
    }
    const length = norm(sum)
    if (!(length > NOTHING * whole)) return false
    for (let i = 0; i < vector.length; i++) vector[i] = sum[i]! / length
    return true
  }
}

function withoutCounts(): WordloomError {
  return new WordloomError('usage', {
    action: 'make vectors of texts',
    found: 'these vectors came without counts of their words',
    expected: say`counts, which ${option('pooling', 'sif')} weighs words by`,
    cure: say`serve a file with counts, such as the .safetensors that train writes, or give ${option('pooling', 'mean')}`,
  })
}

function nothingCommon(texts: number): WordloomError {
  return new WordloomError('usage', {
    action: 'learn what texts have in common',
    found: say`${option('commonFrom')} has ${texts === 0 ? 'no text' : 'no text with a word that has a vector'}`,
    expected: 'texts such as those that will be asked',
  })
}

/** sum += weight · row. Rows are padded to four numbers, and four at a time take 0.57 of the time of one. */
function addRow(sum: Float64Array, weight: number, { data, stride }: Matrix, id: number): void {
  const start = id * stride
  for (let i = 0; i < stride; i += 4) {
    const j = start + i
    sum[i]! += weight * data[j]!
    sum[i + 1]! += weight * data[j + 1]!
    sum[i + 2]! += weight * data[j + 2]!
    sum[i + 3]! += weight * data[j + 3]!
  }
}

function digestOf(names: readonly string[], directions: readonly Float64Array[]): string {
  const hash = sha256()
  hash.update(encoder.encode(JSON.stringify(names)))
  for (const { buffer, byteOffset, byteLength } of directions)
    hash.update(new Uint8Array(buffer, byteOffset, byteLength))
  return hash.finish()
}

/** a / (a + share of the text), with the a of `sentenceVectors`. */
function weightsOf({ vocabulary: { counts, tokens } }: WordVectors): Float64Array {
  const smoothing = sentenceOptionTable.smoothing.default
  return counts.map(count => smoothing / (smoothing + count / tokens))
}

/** What brings each row to length 1; 0 for rows of zeros, which have no direction. */
function toLengthOne({ matrix }: WordVectors): Float64Array {
  return Float64Array.from({ length: matrix.rows }, (_, id) => {
    const length = norm(row(matrix, id))
    return length > 0 ? 1 / length : 0
  })
}
