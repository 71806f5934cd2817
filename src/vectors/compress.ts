import { option, say, WordloomError } from '../errors.js'
import {
  decodeRow,
  type EncodedRows,
  encodeFloat16,
  encodeInt8Rows,
  encodeProducts,
  firstBeyondFloat16,
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
import { type CompressionLoss, measureLoss } from './compression-loss.js'
import { checkVectors } from './given-vectors.js'
import { principalDimensions } from './principal-dimensions.js'
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
  /** Bytes of a word in pq. A whole number from 1 up; default half the dimensions. */
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
  bytes: integer(undefined, 1, Number.MAX_SAFE_INTEGER, 'bytes of a word in pq', {
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
 * loss in `metadata`. A copy, without output vectors; vectors of sub-words stay float32. Throws `usage`, and `bad-data`
 * if a number is too great.
 */
export function compress(vectors: WordVectors, options: CompressOptions): Compressed {
  checkVectors(vectors, 'compress')
  const settings = settingsFor(vectors, options)
  const { precision = 'float32', dimensions = vectors.dimensions, seed } = settings
  const { vectors: cut, axes } =
    dimensions < vectors.dimensions ? principalDimensions(vectors, dimensions) : { vectors, axes: undefined }
  const encoded = precision === 'float32' ? undefined : encode(cut, precision, settings)
  const decoded = encoded ? decodedVectors(cut, encoded) : cut
  const loss = measureLoss(vectors, decoded, axes, seed)
  const metadata = {
    ...cut.metadata,
    precision,
    meanCosine: loss.meanCosine.toFixed(6),
    neighborsKept: loss.neighborsKept.toFixed(4),
    ...(precision === 'pq' && { seedOfCodes: String(seed) }),
  }
  const { vocabulary, subwords } = cut
  const parts = { vocabulary, matrix: decoded.search, subwords, metadata }
  return { vectors: new WordVectors({ ...parts, ...(encoded && { encoded }) }), loss }
}

function encode(vectors: WordVectors, precision: Precision, settings: CompressSettings): EncodedRows {
  const { matrix, dimensions } = vectors
  if (precision === 'int8') return encodeInt8Rows(matrix)
  const { bytes = Math.ceil(dimensions / 2), seed } = settings
  if (precision === 'pq') return encodeProducts(matrix, bytes, seed)
  const tooGreat = firstBeyondFloat16(matrix)
  if (tooGreat < 0) return encodeFloat16(matrix)
  throw new WordloomError('bad-data', {
    action: 'compress to float16',
    found: `the vector of "${vectors.vocabulary.word(tooGreat)}" has a number beyond 65,504, the greatest of float16`,
    cure: say`give ${option('precision', 'int8')}`,
  })
}

function decodedVectors({ vocabulary, matrix }: WordVectors, encoded: EncodedRows): WordVectors {
  const decoded = WordVectors.allocate(vocabulary, matrix.columns)
  for (let i = 0; i < matrix.rows; i++) decodeRow(encoded, i, row(decoded.matrix, i))
  return decoded
}

function settingsFor({ dimensions: most }: WordVectors, options: CompressOptions): CompressSettings {
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
  if (bytes !== undefined && bytes > dimensions) throw wrong('bytes', dimensions, 'at most one a dimension')
  return settings
}
