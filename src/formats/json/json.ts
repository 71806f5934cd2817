import { row } from '../../math/index.js'
import type { Vocabulary } from '../../text/index.js'
import type { WordVectors } from '../../vectors/index.js'
import { checkEach, inChunks, shortEnough } from '../chunks.js'
import type { PlainFormat } from '../format.js'
import { LONGEST_FLOAT32, writeFloat32 } from '../lines/decimal.js'
import { unholdable } from '../refusals.js'
import { readJson } from './reader.js'

/** `{"word": [numbers], …}`, a row a line. ml5's `{"vectors": {…}}` and JSON Lines are told by their beginning. */
export const json: PlainFormat = {
  extensions: ['.json'],
  description: 'JSON: an object with a list for each word',
  recognizes: head => BEGINNING.test(new TextDecoder('latin1').decode(head.subarray(0, 1 << 12))),
  read: readJson,
  refuse: vocabulary => checkEach(vocabulary, stringOf),
  write: vectors => inChunks(objectPieces(vectors)),
}

/** `{"word": "…", "vector": [numbers]}` on each line. */
export const jsonLines: PlainFormat = {
  extensions: ['.jsonl', '.ndjson'],
  description: 'JSON Lines: an object for each word',
  recognizes: () => false, // json does
  read: readJson,
  refuse: vocabulary => checkEach(vocabulary, stringOf),
  write: vectors => inChunks(linePieces(vectors)),
}

/**
 * An object whose first member is a list or a string, or `vectors`, or whose first name does not end in sight; a list
 * of objects. Other JSON has no words.
 */
const BEGINNING =
  /^(\u00ef\u00bb\u00bf)?\s*(\{\s*"([^"\\]|\\.)*("\s*:\s*["[]|$)|\{\s*"vectors"\s*:\s*\{|\[\s*\{\s*"([^"\\]|\\.)*"\s*:\s*")/

function* objectPieces(vectors: WordVectors): Generator<Uint8Array> {
  const encoder = new TextEncoder()
  let before = '{'
  for (let id = 0; id < vectors.size; id++) {
    yield encoder.encode(`${before}${stringOf(vectors.vocabulary, id)}:`)
    yield listOf(vectors, id)
    before = ',\n'
  }
  yield encoder.encode(vectors.size === 0 ? '{}\n' : '}\n')
}

function* linePieces(vectors: WordVectors): Generator<Uint8Array> {
  const encoder = new TextEncoder()
  for (let id = 0; id < vectors.size; id++) {
    yield encoder.encode(`{"word":${stringOf(vectors.vocabulary, id)},"vector":`)
    yield listOf(vectors, id)
    yield encoder.encode('}\n')
  }
}

/** Numbers in the fewest digits that give the same float32 back. */
function listOf({ matrix }: WordVectors, id: number): Uint8Array {
  const list = new Uint8Array(matrix.columns * (1 + LONGEST_FLOAT32) + 2)
  let end = 0
  list[end++] = 0x5b
  for (const [i, x] of row(matrix, id).entries()) {
    if (i > 0) list[end++] = 0x2c
    end = writeFloat32(x, list, end)
  }
  list[end++] = 0x5d
  return list.subarray(0, end)
}

function stringOf(vocabulary: Vocabulary, id: number): string {
  const bytes = shortEnough(vocabulary, id, 'JSON')
  try {
    return JSON.stringify(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    throw unholdable(vocabulary, id, 'is not UTF-8', 'JSON')
  }
}
