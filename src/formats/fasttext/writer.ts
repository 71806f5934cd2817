import { type Matrix, row } from '../../math/index.js'
import type { SubwordVectors, WordVectors } from '../../vectors/index.js'
import { encodeDictionary } from './dictionary.js'
import { encodeHeader } from './header.js'
import { settingsOf, tokensOf } from './settings.js'

/**
 * A file of version 12, which fastText answers questions from with these very vectors. Every bucket has a row
 * there: zeros, which change no vector of a known word, for those that have none here. So have the output rows
 * of vectors without any.
 */
export function* fastTextPieces(vectors: WordVectors): Generator<Uint8Array> {
  const { vocabulary, size, dimensions, subwords, outputVectors } = vectors
  const settings = settingsOf(vectors)
  yield encodeHeader(settings)
  yield* encodeDictionary(vocabulary, tokensOf(vectors))
  yield matrixHeader(size + settings.buckets, dimensions)
  yield* ownRows(vectors)
  if (subwords) yield* bucketRows(subwords)
  yield matrixHeader(size, dimensions)
  const zeros = new Uint8Array(dimensions * 4)
  for (let id = 0; id < size; id++) yield outputVectors ? rowBytes(outputVectors, id) : zeros
}

/** Not quantised; int64 rows and columns. */
function matrixHeader(rows: number, columns: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(17))
  view.setBigInt64(1, BigInt(rows), true)
  view.setBigInt64(9, BigInt(columns), true)
  return new Uint8Array(view.buffer)
}

function* ownRows({ vocabulary, matrix, subwords }: WordVectors): Generator<Uint8Array> {
  for (let id = 0; id < matrix.rows; id++)
    yield subwords
      ? new Uint8Array(subwords.ownRow(row(matrix, id), vocabulary.bytes(id)).buffer)
      : rowBytes(matrix, id)
}

function* bucketRows({ settings, matrix, buckets }: SubwordVectors): Generator<Uint8Array> {
  const zeros = new Uint8Array(matrix.columns * 4)
  let place = 0
  for (let bucket = 0; bucket < settings.buckets; bucket++) {
    const isThere = buckets === undefined || buckets[place] === bucket
    yield isThere ? rowBytes(matrix, place++) : zeros
  }
}

function rowBytes(matrix: Matrix, i: number): Uint8Array {
  const { buffer, byteOffset, byteLength } = row(matrix, i)
  return new Uint8Array(buffer, byteOffset, byteLength)
}
