import { option, say, WordloomError } from '../errors.js'
import {
  allocateMatrix,
  decodeRow,
  type EncodedRows,
  encodeFloat16,
  encodeInt8Rows,
  encodeProducts,
  firstBeyondFloat16,
  type Matrix,
  type Precision,
  precisions,
  row,
} from '../math/index.js'
import {
  type Complete,
  checkNames,
  choice,
  completed,
  integer,
  mustBe,
  type OptionTable,
} from '../options/index.js'
import { SearchMatrix } from '../scan/index.js'
import type { Vocabulary } from '../text/index.js'
import { bucketsOption } from './buckets-option.js'
import { type CompressionLoss, measureLoss } from './compression-loss.js'
import { fewerBuckets } from './fewer-buckets.js'
import { checkVectors } from './given-vectors.js'
import { principalDimensions } from './principal-dimensions.js'
import { SubwordVectors } from './subword-vectors.js'
import { WordVectors } from './word-vectors.js'

export interface CompressOptions {
  /**
   * Numbers in a .safetensors file: float32: as they are; float16; int8: a byte a number; pq: a byte for two
   * numbers. One of float32, float16, int8, pq.
   */
  precision?: Precision
  /**
   * Dimensions that are kept, those along which the vectors reach farthest. A whole number from 1 up; default
   * all.
   */
  dimensions?: number
  /** Buckets of sub-words that are kept, those that matter most. A whole number from 1 up; default all. */
  buckets?: number
  /** Bytes of a word, and of a bucket, in pq. A whole number from 1 up; default half the dimensions. */
  bytes?: number
  /** Start of the random draws of pq and of the sample for the loss. A whole number from 0 up; default 1. */
  seed?: number
}

/** Every option of making vectors smaller: types, defaults, ranges, flags and help. */
export const compressOptionTable = {
  precision: choice(
    undefined,
    precisions,
    'numbers in a .safetensors file: float32: as they are; float16; int8: a byte a number; pq: a byte for two numbers',
  ),
  dimensions: integer(
    undefined,
    1,
    Number.MAX_SAFE_INTEGER,
    'dimensions that are kept, those along which the vectors reach farthest',
    { otherwise: 'all' },
  ),
  buckets: bucketsOption,
  bytes: integer(undefined, 1, Number.MAX_SAFE_INTEGER, 'bytes of a word, and of a bucket, in pq', {
    otherwise: 'half the dimensions',
  }),
  seed: integer(
    1,
    0,
    Number.MAX_SAFE_INTEGER,
    'start of the random draws of pq and of the sample for the loss',
  ),
} as const satisfies OptionTable<keyof CompressOptions>

type CompressSettings = Complete<typeof compressOptionTable>

/** Smaller vectors, and what that cost. */
export interface Compressed {
  readonly vectors: WordVectors
  readonly loss: CompressionLoss
}

/**
 * The vectors as they are after being kept in fewer bytes, with what `save` writes for them in `encoded` and the
 * loss in `metadata`. A copy, without output vectors; vectors of sub-words are made smaller in the same way. Throws
 * `usage`, and `bad-data` if a number is too great.
 */
export function compress(vectors: WordVectors, options: CompressOptions): Compressed {
  checkVectors(vectors, 'compress')
  const settings = settingsFor(vectors, options)
  const { precision = 'float32', dimensions = vectors.dimensions, seed } = settings
  const { vectors: cut, axes } =
    dimensions < vectors.dimensions ? principalDimensions(vectors, dimensions) : { vectors, axes: undefined }
  const { vocabulary } = cut
  const encoded = encode(cut.matrix, settings, id => `the vector of "${vocabulary.word(id)}"`)
  const matrix = encoded ? decodedRows(encoded, SearchMatrix.allocate(cut.size, dimensions)) : cut.search
  const subwords = cut.subwords && smallerSubwords(cut.subwords, vocabulary, settings)
  const parts = { vocabulary, matrix, subwords, ...(encoded && { encoded }) }
  const loss = measureLoss(vectors, new WordVectors(parts), axes, seed)
  const metadata = {
    ...cut.metadata,
    precision,
    meanCosine: loss.meanCosine.toFixed(6),
    neighborsKept: loss.neighborsKept.toFixed(4),
    ...(loss.unknown && {
      unknownMeanCosine: loss.unknown.meanCosine.toFixed(6),
      unknownNeighborsKept: loss.unknown.neighborsKept.toFixed(4),
    }),
    ...(precision === 'pq' && { seedOfCodes: String(seed) }),
  }
  return { vectors: new WordVectors({ ...parts, metadata }), loss }
}

function smallerSubwords(
  given: SubwordVectors,
  vocabulary: Vocabulary,
  settings: CompressSettings,
): SubwordVectors {
  const fewer = settings.buckets === undefined ? given : fewerBuckets(given, settings.buckets, vocabulary)
  const { settings: ofNgrams, matrix, buckets } = fewer
  const encoded = encode(matrix, settings, i => `the vector of bucket ${buckets?.[i] ?? i} of sub-words`)
  if (!encoded) return fewer
  const rows = allocateMatrix(matrix.rows, matrix.columns)
  decodeInto(encoded, rows)
  return new SubwordVectors({ settings: ofNgrams, matrix: rows, encoded, ...(buckets && { buckets }) })
}

/** Undefined if rows stay float32, or if there are none. */
function encode(
  matrix: Matrix,
  { precision = 'float32', bytes = Math.ceil(matrix.columns / 2), seed }: CompressSettings,
  nameOf: (i: number) => string,
): EncodedRows | undefined {
  if (precision === 'float32' || matrix.rows === 0) return undefined
  if (precision === 'int8') return encodeInt8Rows(matrix)
  if (precision === 'pq') return encodeProducts(matrix, bytes, seed)
  const tooGreat = firstBeyondFloat16(matrix)
  if (tooGreat < 0) return encodeFloat16(matrix)
  throw new WordloomError('bad-data', {
    action: 'compress to float16',
    found: `${nameOf(tooGreat)} has a number beyond 65,504, the greatest of float16`,
    cure: say`give ${option('precision', 'int8')}`,
  })
}

function decodedRows(encoded: EncodedRows, rows: SearchMatrix): SearchMatrix {
  decodeInto(encoded, rows.matrix)
  return rows
}

function decodeInto(encoded: EncodedRows, matrix: Matrix): void {
  for (let i = 0; i < matrix.rows; i++) decodeRow(encoded, i, row(matrix, i))
}

function settingsFor(
  { dimensions: most, subwords }: WordVectors,
  options: CompressOptions,
): CompressSettings {
  checkNames(compressOptionTable, options, [], 'compress')
  const settings = completed(compressOptionTable, options, 'compress')
  const { precision = 'float32', dimensions = most, bytes } = settings
  const wrong = (name: 'dimensions' | 'bytes', greatest: number, why: string) =>
    mustBe(name, settings[name], `a whole number from 1 to ${greatest}, ${why}`, 'compress')
  if (dimensions > most) throw wrong('dimensions', most, 'which the vectors have')
  if (bytes !== undefined && precision !== 'pq')
    throw new WordloomError('usage', {
      action: 'compress',
      found: say`${option('bytes')} is ${bytes}, and ${option('precision')} is ${precision}`,
      expected: say`${option('bytes')} only with ${option('precision', 'pq')}`,
    })
  if (settings.buckets !== undefined && !subwords)
    throw new WordloomError('usage', {
      action: 'compress',
      found: say`${option('buckets')} is ${settings.buckets}, and these vectors have no sub-words`,
      cure: say`leave ${option('buckets')} out`,
    })
  if (bytes !== undefined && bytes > dimensions) throw wrong('bytes', dimensions, 'at most one a dimension')
  return settings
}
