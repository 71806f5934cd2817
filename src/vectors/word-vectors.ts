import { WordloomError } from '../errors.js'
import { cosine, type EncodedRows, type Matrix, row } from '../math/index.js'
import { SearchMatrix } from '../scan/index.js'
import type { Vocabulary } from '../text/index.js'
import { analogy } from './analogy.js'
import { centrality, oddOneOut } from './centrality.js'
import { closerThan, rank } from './closer-than.js'
import { type MeanVectorOptions, meanVector, nSimilarity } from './mean-vector.js'
import { type NearestOptions, nearestBatch, optionsOf } from './nearest.js'
import type { Neighbor } from './neighbor.js'
import type { QueriedVectors } from './queried-vectors.js'
import type { Query, Term } from './query.js'
import type { SubwordVectors } from './subword-vectors.js'
import { type TextRules, ZEROS } from './text-rules.js'
import { type UnknownWordOption, wordOf } from './unknown-words.js'
import { untrainedWarnings } from './untrained-rows.js'

/** What word vectors are made of. */
export interface WordVectorsParts {
  vocabulary: Vocabulary
  /** Row i belongs to word i. It is taken over, not copied, until the first search needs it in its own memory. */
  matrix: Matrix | SearchMatrix
  /** The other matrix of word2vec, a row a word, if training kept it. */
  outputVectors?: Matrix
  /** Vectors of n-grams, of which those of words were made. */
  subwords?: SubwordVectors | undefined
  /** The same rows as a smaller file keeps them, if they were read from one or compressed. */
  encoded?: EncodedRows
  /** How texts get vectors, if the vectors are those of a static sentence model. */
  textRules?: TextRules | undefined
  /** Facts about how the vectors were made; saved with them in formats that have room. */
  metadata?: Readonly<Record<string, string>>
  /** What a reader had to overlook, or what is to be known of the rows, in sentences. */
  warnings?: readonly string[]
}

/** Words and one row of float32 for each, most frequent word first: what training leaves behind. */
export class WordVectors implements QueriedVectors {
  readonly vocabulary: Vocabulary
  readonly outputVectors?: Matrix
  /** Where the vectors have them, words that were never seen have vectors, too. */
  readonly subwords?: SubwordVectors
  /** What is saved in place of the rows; only for vectors that were compressed, and not changed since. */
  readonly encoded?: EncodedRows
  /**
   * How the makers of a static sentence model turn a text into a vector, which `sentenceVectors` does. Only model2vec's
   * files, and those of sentence-transformers, hold such rules.
   */
  readonly textRules?: TextRules
  readonly metadata: Readonly<Record<string, string>>
  readonly warnings: readonly string[]
  #rows: Matrix | SearchMatrix

  constructor(parts: WordVectorsParts) {
    const { vocabulary, matrix, outputVectors, subwords, encoded, metadata = {}, warnings = [] } = parts
    const rows = matrix instanceof SearchMatrix ? matrix.matrix.rows : matrix.rows
    for (const found of [rows, outputVectors?.rows ?? rows])
      if (found !== vocabulary.size)
        throw new WordloomError('usage', {
          action: 'make word vectors',
          found: `the matrix has ${found} rows`,
          expected: `${vocabulary.size}, one for each word of the vocabulary`,
        })
    const { columns } = matrix instanceof SearchMatrix ? matrix.matrix : matrix
    if (subwords && subwords.matrix.columns !== columns)
      throw new WordloomError('usage', {
        action: 'make word vectors',
        found: `vectors of sub-words have ${subwords.matrix.columns} numbers`,
        expected: `${columns}, as vectors of words have`,
      })
    this.vocabulary = vocabulary
    this.#rows = matrix
    if (outputVectors) this.outputVectors = outputVectors
    if (subwords) this.subwords = subwords
    if (encoded) this.encoded = encoded
    if (parts.textRules) this.textRules = parts.textRules
    this.metadata = metadata
    this.warnings = [...new Set([...warnings, ...untrainedWarnings(vocabulary, metadata)])]
  }

  /**
   * Vectors of zeros, whose `matrix` is to be filled before the first search. Throws `too-large` if they
   * cannot fit in 4 GiB.
   */
  static allocate(
    vocabulary: Vocabulary,
    dimensions: number,
    parts: Pick<WordVectorsParts, 'outputVectors' | 'subwords' | 'encoded' | 'metadata' | 'warnings'> = {},
  ): WordVectors {
    return new WordVectors({
      ...parts,
      vocabulary,
      matrix: SearchMatrix.allocate(vocabulary.size, dimensions),
    })
  }

  /** The same vectors with other facts, warnings, sub-words or rules for texts; rows are shared, not copied. */
  with(changed: Pick<WordVectorsParts, 'metadata' | 'warnings' | 'subwords' | 'textRules'>): WordVectors {
    const { vocabulary, search, outputVectors, encoded } = this
    return new WordVectors({
      vocabulary,
      matrix: search,
      subwords: changed.subwords ?? this.subwords,
      ...(outputVectors && { outputVectors }),
      ...(encoded && { encoded }),
      metadata: changed.metadata ?? this.metadata,
      warnings: changed.warnings ?? this.warnings,
      textRules: changed.textRules ?? this.textRules,
    })
  }

  /** size × dimensions, kept as given: nothing is normalised. */
  get matrix(): Matrix {
    return this.#rows instanceof SearchMatrix ? this.#rows.matrix : this.#rows
  }

  /** The same rows where the search kernel reads them; the first call moves them there. */
  get search(): SearchMatrix {
    if (!(this.#rows instanceof SearchMatrix)) this.#rows = copied(this.#rows)
    return this.#rows
  }

  /** How many words there are. */
  get size(): number {
    return this.vocabulary.size
  }

  get dimensions(): number {
    return this.matrix.columns
  }

  /** One line in place of thousands of numbers, when a console prints it. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    const made = this.metadata.architecture === undefined ? '' : `, ${this.metadata.architecture}`
    const words = `${this.size.toLocaleString('en')} ${this.size === 1 ? 'word' : 'words'}`
    const parts = this.subwords ? ', with sub-words' : ''
    return `WordVectors, ${words} × ${this.dimensions}${made}${parts}`
  }

  /**
   * Cuts a text into words of this vocabulary, if the vectors came with rules for texts; without those that are unknown.
   */
  get tokenize(): ((text: string) => string[]) | undefined {
    const { textRules, vocabulary } = this
    if (!textRules) return undefined
    return text => textRules.rowsOf(text).flatMap(id => (id === ZEROS ? [] : vocabulary.word(id)))
  }

  /** Whether the vocabulary has the word; without it, it may have a vector by its sub-words. */
  has(word: string): boolean {
    return this.vocabulary.idOf(word) !== undefined
  }

  /**
   * The vector of a word as a view of its row, not normalised; of an unknown word the sum of its sub-words,
   * undefined if there are none.
   */
  vector(word: string): Float32Array | undefined {
    const id = this.vocabulary.idOf(word)
    return id === undefined ? this.subwords?.vector(word) : row(this.matrix, id)
  }

  /** The cosine of two words' vectors, −1 to 1; 0 if one is all zeros. Throws `unknown-word`. */
  similarity(a: string, b: string): number {
    return cosine(wordOf(this, a).vector, wordOf(this, b).vector)
  }

  /** 1 − cosine, from 0 (the same direction) to 2. Throws `unknown-word`. */
  distance(a: string, b: string): number {
    return 1 - this.similarity(a, b)
  }

  /**
   * The words whose vectors point most nearly where the query does, best first, the query's own words left
   * out: a word, a vector, or words and vectors to add and subtract, each word at length 1. Equal
   * similarities keep the order of the vocabulary. Throws `unknown-word` and `usage`.
   */
  nearest(query: Query, options: NearestOptions | number = {}): Neighbor[] {
    return nearestBatch(this, [query], optionsOf(options))[0]!
  }

  /** `nearest` for many queries, four in one scan of the matrix. */
  nearestBatch(queries: readonly Query[], options: NearestOptions | number = {}): Neighbor[][] {
    return nearestBatch(this, queries, optionsOf(options))
  }

  /** Answers "a is to b as c is to …", best first; a, b and c are left out. Throws `unknown-word` and `usage`. */
  analogy(a: string, b: string, c: string, options: NearestOptions = {}): Neighbor[] {
    return analogy(this, [a, b, c], options)
  }

  /** The word least like the mean of them all. Throws `unknown-word`, and `usage` for fewer than 3 words. */
  oddOneOut(words: readonly string[], options: UnknownWordOption = {}): string {
    return oddOneOut(this, words, options)
  }

  /** The words by their cosine to the mean of them all, the most central first. Throws `unknown-word` and `usage`. */
  centrality(words: readonly string[], options: UnknownWordOption = {}): Neighbor[] {
    return centrality(this, words, options)
  }

  /** How many words are nearer to `word` than `other` is, plus 1. Throws `unknown-word`. */
  rank(word: string, other: string): number {
    return rank(this, word, other)
  }

  /** The words nearer to `word` than `other` is, in the order of the vocabulary. Throws `unknown-word`. */
  closerThan(word: string, other: string): string[] {
    return closerThan(this, word, other)
  }

  /** The cosine between the means of two groups of words, vectors as they are. Throws `unknown-word` and `usage`. */
  nSimilarity(words: readonly string[], others: readonly string[], options: UnknownWordOption = {}): number {
    return nSimilarity(this, words, others, options)
  }

  /** The mean of words and vectors, with weights if wanted. Throws `unknown-word` and `usage`. */
  meanVector(terms: readonly Term[], options: MeanVectorOptions = {}): Float32Array {
    return meanVector(this, terms, options)
  }
}

function copied(matrix: Matrix): SearchMatrix {
  const search = SearchMatrix.allocate(matrix.rows, matrix.columns)
  if (matrix.stride === search.matrix.stride)
    search.matrix.data.set(matrix.data.subarray(0, matrix.rows * matrix.stride))
  else for (let i = 0; i < matrix.rows; i++) row(search.matrix, i).set(row(matrix, i))
  return search
}
