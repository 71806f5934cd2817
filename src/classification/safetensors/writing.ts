import { inChunks, matrixSection, vocabularySections } from '../../formats/inner.js'
import { bytesOf, fileOf, type Section } from '../../tensors/index.js'
import type { ClassifierParts } from '../classifier.js'
import { CodedRows, PlainRows, type Rows } from '../rows.js'
import { FORMAT } from './classifier-format.js'

/**
 * Our own file: words and labels, each as `counts` F64, `offsets` U64 and `bytes` U8; `buckets` U32 [K], the buckets of n-grams
 * that have rows, if not all have; `input` and `output`, each F32 [rows, d], or codes U8 [rows, parts] with `centroids`
 * F32 [256 · d] and perhaps `norm_codes` U8 [rows] and `norms` F32 [256]. Tensors of larger numbers stand first, so that
 * each is aligned. Everything else is JSON in the metadata `classifier`.
 */
export function storedClassifier(parts: ClassifierParts): Iterable<Uint8Array<ArrayBuffer>> {
  const { metadata, loss, settings, input, output } = parts
  const facts = { loss, settings, widths: { input: widthOf(input), output: widthOf(output) } }
  return inChunks(
    fileOf(sectionsOf(parts), { ...metadata, format: FORMAT, classifier: JSON.stringify(facts) }),
  )
}

const itemBytes: Readonly<Record<string, number>> = { F64: 8, U64: 8, F32: 4, U32: 4, U8: 1 }

function sectionsOf({ words, labels, kept, input, output }: ClassifierParts): Section[] {
  const sections = [
    ...vocabularySections(words, 'words'),
    ...vocabularySections(labels, 'labels'),
    ...(kept ? [bucketSection(kept)] : []),
    ...rowSections('input', input),
    ...rowSections('output', output),
  ]
  return sections.sort((a, b) => itemBytes[b.dtype]! - itemBytes[a.dtype]!)
}

/** By their places. */
function bucketSection(kept: ReadonlyMap<number, number>): Section {
  const buckets = new Uint32Array(kept.size)
  for (const [bucket, place] of kept) buckets[place] = bucket
  return { name: 'buckets', dtype: 'U32', shape: [kept.size], chunks: [bytesOf(buckets)] }
}

function rowSections(name: string, rows: Rows): Section[] {
  if (rows instanceof PlainRows) return [matrixSection(name, rows.matrix)]
  const { codes, centroids, norms } = rows as CodedRows
  const bytes = (of: string, shape: number[], numbers: Uint8Array): Section => ({
    name: of,
    dtype: 'U8',
    shape,
    chunks: [numbers],
  })
  const floats = (of: string, numbers: Float32Array): Section => ({
    name: of,
    dtype: 'F32',
    shape: [numbers.length],
    chunks: [bytesOf(numbers)],
  })
  return [
    floats(`${name}.centroids`, centroids.numbers),
    ...(norms ? [floats(`${name}.norms`, norms.numbers)] : []),
    bytes(name, [rows.rows, centroids.parts], codes),
    ...(norms ? [bytes(`${name}.norm_codes`, [rows.rows], norms.codes)] : []),
  ]
}

/** Columns of a part; nothing of rows that are no codes. */
function widthOf(rows: Rows): number | undefined {
  return rows instanceof CodedRows ? rows.centroids.width : undefined
}
