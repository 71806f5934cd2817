import { AGAIN, LABEL, LEAST_ENTRY_BYTES, takeEntry, takeSizes, WORD } from '../../formats/inner.js'
import type { ByteReader } from '../../tensors/index.js'
import { Vocabulary } from '../../text/index.js'
import { WordTable } from '../../text/inner.js'

/** Words and labels of a classifier's file. */
export interface LabelledDictionary {
  readonly words: Vocabulary
  readonly labels: Vocabulary
  /** The places of the buckets that have rows; undefined if all have. */
  readonly kept: ReadonlyMap<number, number> | undefined
  /** Of the text that it was trained on. */
  readonly tokens: number
}

/** Takes words, labels, and the int32 pairs of bucket and place that follow if a model was cut to some of its n-grams. */
export async function takeLabelledDictionary(
  reader: ByteReader,
  version: number,
): Promise<LabelledDictionary> {
  const sizes = await takeSizes(reader, version)
  if (sizes.labels === 0) throw reader.error({ found: 'the classifier has no labels', cure: AGAIN })
  const words = await takeEntries(reader, 0, sizes.words, WORD)
  const labels = await takeEntries(reader, sizes.words, sizes.labels, LABEL)
  const kept = sizes.kept === undefined ? undefined : await takeKept(reader, sizes.kept)
  return { words, labels, kept, tokens: sizes.tokens }
}

async function takeEntries(
  reader: ByteReader,
  first: number,
  count: number,
  kind: number,
): Promise<Vocabulary> {
  const table = new WordTable()
  const counts = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const { end, count: seen } = await takeEntry(reader, first + i, kind)
    const start = reader.position
    reader.position = end + LEAST_ENTRY_BYTES
    counts[i] = seen
    if (table.add(reader.bytes, start, end) < i)
      throw reader.error({
        place: { part: `entry ${first + i} of the dictionary` },
        found: `"${new TextDecoder().decode(reader.bytes.subarray(start, end))}" is there twice`,
        expected: 'words and labels that differ',
      })
  }
  return new Vocabulary(table, counts)
}

async function takeKept(reader: ByteReader, count: number): Promise<Map<number, number>> {
  const rest = reader.size === undefined ? Number.POSITIVE_INFINITY : reader.size - reader.offset
  if (count * 8 > rest) throw reader.cutOff('the buckets that were kept')
  const kept = new Map<number, number>()
  for (let i = 0; i < count; i++) {
    if (!(await reader.fill(8))) throw reader.cutOff('the buckets that were kept')
    const view = new DataView(reader.bytes.buffer, reader.bytes.byteOffset + reader.position, 8)
    const [bucket, place] = [view.getInt32(0, true), view.getInt32(4, true)]
    if (bucket < 0 || place < 0 || place >= count)
      throw reader.error({
        place: { byte: reader.offset },
        found: `bucket ${bucket} of n-grams has the place ${place}: the file is damaged`,
        expected: `places from 0 to ${count - 1}`,
        cure: AGAIN,
      })
    kept.set(bucket, place)
    reader.position += 8
  }
  return kept
}
