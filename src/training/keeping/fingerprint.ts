import { type Matrix, row } from '../../math/index.js'
import { digestOf, type Fingerprint } from '../../runs/index.js'
import type { EncodedCorpus, SentenceTags, TokenIds, Vocabulary } from '../../text/index.js'
import type { SubwordVectors } from '../../vectors/index.js'
import type { Beginning } from '../start/beginning.js'

/** Numbers hashed at a time. */
const PART = 1 << 16

/** The words, the text as their ids, the lines of documents; the rows that are given, and which of them stay. */
export function fingerprintOf(
  { vocabulary, ids, lines, tags }: EncodedCorpus,
  beginning: Beginning | undefined,
  history = '',
): Fingerprint {
  return {
    'words and counts': digestOfWords(vocabulary),
    'the text as words': digestOfIds(ids),
    ...(lines && { 'the lines of documents': digestOf([lines]) }),
    ...(tags && { 'the tags of documents': digestOf(tagParts(tags)) }),
    ...(beginning && {
      'the vectors given': digestOf(givenRows(beginning)),
      'the history of the vectors given': digestOf([new TextEncoder().encode(history)]),
    }),
    ...(beginning?.frozen && { 'the frozen words': digestOf([beginning.frozen]) }),
  }
}

function tagParts({ names, starts, tags }: SentenceTags): ArrayBufferView[] {
  return [new TextEncoder().encode(JSON.stringify(names)), starts, tags]
}

function digestOfWords({ arena: { bytes, offsets }, size, counts }: Vocabulary): string {
  const places = Float64Array.from(offsets.subarray(0, size + 1))
  return digestOf([bytes.subarray(0, offsets[size]), places, counts])
}

function digestOfIds(ids: TokenIds): string {
  const part = new Int32Array(PART)
  return digestOf(
    (function* () {
      for (let from = 0; from < ids.length; from += PART) {
        const to = Math.min(from + PART, ids.length)
        ids.read(from, to, part)
        yield part.subarray(0, to - from)
      }
    })(),
  )
}

/** By word, whether it starts from a row; then each of these rows, and those of the output vectors that are used. */
function* givenRows({ vectors, givenIds, facts }: Beginning): Generator<ArrayBufferView> {
  yield Uint8Array.from(givenIds, id => Number(id >= 0))
  const given = givenIds.filter(id => id >= 0)
  yield* rowsOf(vectors.matrix, given)
  if (facts.outputVectors === 'given') yield* rowsOf(vectors.outputVectors!, given)
  if (facts.subwords === 'given') yield* subwordRows(vectors.subwords!)
}

function* subwordRows({ matrix, buckets }: SubwordVectors): Generator<ArrayBufferView> {
  if (buckets) yield buckets
  yield* rowsOf(
    matrix,
    Int32Array.from({ length: matrix.rows }, (_, i) => i),
  )
}

/** In one buffer again and again: a call of the hash costs as much as 500 bytes. */
function* rowsOf(matrix: Matrix, ids: Int32Array): Generator<Float32Array> {
  const atOnce = Math.ceil(PART / matrix.columns)
  const rows = new Float32Array(atOnce * matrix.columns)
  for (let from = 0; from < ids.length; from += atOnce) {
    const some = ids.subarray(from, from + atOnce)
    some.forEach((id, i) => {
      rows.set(row(matrix, id), i * matrix.columns)
    })
    yield rows.subarray(0, some.length * matrix.columns)
  }
}
