import type { Fault } from '../../errors.js'
import type { Precision } from '../../math/index.js'
import type { ByteReader, TensorPlace } from '../../tensors/index.js'

/** The names of the tensors in which rows lie: the rows themselves, and what smaller ones have beside them. */
export interface RowTensors {
  readonly rows: string
  readonly scales: string
  readonly lengths: string
  readonly centers: string
}

const WORDS: RowTensors = {
  rows: 'vectors',
  scales: 'vectors.scales',
  lengths: 'vectors.lengths',
  centers: 'vectors.centers',
}

/** How the rows of words, or of sub-words, are kept in our own file. */
export interface RowLayout {
  readonly rows: number
  readonly dimensions: number
  readonly precision: Precision
  /** Bytes of a row of the tensor `tensors.rows`. */
  readonly rowBytes: number
  readonly tensors: RowTensors
}

/** Type of the rows → what it means. */
const kinds: Readonly<Record<string, { precision: Precision; itemBytes: number }>> = {
  F32: { precision: 'float32', itemBytes: 4 },
  F16: { precision: 'float16', itemBytes: 2 },
  I8: { precision: 'int8', itemBytes: 1 },
  U8: { precision: 'pq', itemBytes: 1 },
}

type Expected = [name: string, dtype: string, shape: (number | undefined)[]]
export type ByName = ReadonlyMap<string, TensorPlace>

/**
 * The layout of words, after a look whether all tensors are there and of matching types and shapes: `vectors` is F32 or
 * F16 [V, d]; or I8 [V, d] with `vectors.scales` F32 [V]; or U8 [V, segments] with `vectors.centers` F32 [256, d] and
 * `vectors.lengths` F32 [V]. Throws `bad-data`.
 */
export function layoutOf(reader: ByteReader, tensors: readonly TensorPlace[]): RowLayout {
  const byName: ByName = new Map(tensors.map(tensor => [tensor.name, tensor]))
  const layout = rowsIn(byName, WORDS)
  const { rows: words, dimensions } = layout
  check(reader, byName, [
    ...expectedOf(byName, layout),
    ['vocabulary.counts', 'F64', [words]],
    ['vocabulary.offsets', 'U64', [words + 1]],
    ['vocabulary.bytes', 'U8', [byName.get('vocabulary.bytes')?.shape[0]]],
  ])
  if (byName.has('output_vectors')) check(reader, byName, [['output_vectors', 'F32', [words, dimensions]]])
  if (words === 0 || layout.rowBytes === 0 || dimensions === 0)
    throw reader.error({
      place: { part: 'tensor "vectors"' },
      found: `it is ${typeOf(byName.get('vectors')!)}, which has no vector in it`,
      expected: 'at least one row and one column',
    })
  checkCodes(reader, layout)
  return layout
}

/** The layout as the types and shapes of the tensors have it, whether they are right or not. */
export function rowsIn(byName: ByName, tensors: RowTensors): RowLayout {
  const { dtype = 'F32', shape = [] } = byName.get(tensors.rows) ?? {}
  const { precision, itemBytes } = kinds[dtype] ?? kinds.F32!
  const [rows = 0, columns = 0] = shape
  const dimensions = precision === 'pq' ? (byName.get(tensors.centers)?.shape[1] ?? 0) : columns
  return { rows, dimensions, precision, rowBytes: columns * itemBytes, tensors }
}

/** The tensors that such rows lie in. */
export function expectedOf(byName: ByName, { rows, dimensions, precision, tensors }: RowLayout): Expected[] {
  const { dtype = '', shape = [] } = byName.get(tensors.rows) ?? {}
  return [
    [tensors.rows, kinds[dtype] ? dtype : 'F32', [rows, shape[1] ?? 0]],
    ...smaller[precision](tensors, rows, dimensions),
  ]
}

/** Throws `bad-data` for a tensor that is missing, or of another type or shape. */
export function check(reader: ByteReader, byName: ByName, expected: readonly Expected[]): void {
  for (const [name, type, dims] of expected) {
    const tensor = byName.get(name)
    if (!tensor) throw reader.error(missing(name, [...byName.keys()]))
    if (tensor.dtype !== type || String(tensor.shape) !== String(dims))
      throw reader.error({
        place: { part: `tensor "${name}"` },
        found: `it is ${typeOf(tensor)}`,
        expected: `${type} [${dims}]`,
      })
  }
}

/** Throws `bad-data` for codes of more bytes than there are dimensions. */
export function checkCodes(
  reader: ByteReader,
  { precision, rowBytes, dimensions, tensors }: RowLayout,
): void {
  if (precision !== 'pq' || rowBytes <= dimensions) return
  throw reader.error({
    place: { part: `tensor "${tensors.rows}"` },
    found: `it has ${rowBytes} bytes a row for ${dimensions} dimensions`,
    expected: 'at most one byte for each dimension',
  })
}

export function typeOf({ dtype, shape }: TensorPlace): string {
  return `${dtype} [${shape}]`
}

/** What belongs to the rows of each kind. */
const smaller: Readonly<
  Record<Precision, (tensors: RowTensors, rows: number, dimensions: number) => Expected[]>
> = {
  float32: () => [],
  float16: () => [],
  int8: ({ scales }, rows) => [[scales, 'F32', [rows]]],
  pq: ({ lengths, centers }, rows, dimensions) => [
    [lengths, 'F32', [rows]],
    [centers, 'F32', [256, dimensions]],
  ],
}

/** The rows of tokens in a transformer. */
const NETWORK = /(^|\.)(word_embeddings|embed_tokens|wte|shared)\.weight$/

function missing(name: string, found: readonly string[]): Fault {
  if (found.some(other => NETWORK.test(other)))
    return {
      found: `this is a network, through whose tensors a text must pass`,
      expected: 'word vectors, or a static sentence model of model2vec or sentence-transformers',
      cure: 'distil it with model2vec',
    }
  const shown = found.slice(0, 5).map(other => JSON.stringify(other.slice(0, 40)))
  const list = shown.length === 0 ? 'none' : shown.join(', ') + (found.length > 5 ? ', …' : '')
  return {
    found: `there is no tensor "${name}" among those of this safetensors file (${list})`,
    expected: 'a safetensors file of word vectors',
  }
}
