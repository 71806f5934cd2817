import type { Fault } from '../../errors.js'
import type { Precision } from '../../math/index.js'
import type { ByteReader, TensorPlace } from '../../tensors/index.js'

/** How the rows of our own file are kept. */
export interface RowLayout {
  readonly words: number
  readonly dimensions: number
  readonly precision: Precision
  /** Bytes of a row of the tensor `vectors`. */
  readonly rowBytes: number
}

/** Type of `vectors` → what it means. */
const kinds: Readonly<Record<string, { precision: Precision; itemBytes: number }>> = {
  F32: { precision: 'float32', itemBytes: 4 },
  F16: { precision: 'float16', itemBytes: 2 },
  I8: { precision: 'int8', itemBytes: 1 },
  U8: { precision: 'pq', itemBytes: 1 },
}

type Expected = [name: string, dtype: string, shape: (number | undefined)[]]

/**
 * The layout, after a look whether all tensors are there and of matching types and shapes: `vectors` is F32 or F16
 * [V, d]; or I8 [V, d] with `vectors.scales` F32 [V]; or U8 [V, segments] with `vectors.centers` F32 [256, d] and
 * `vectors.lengths` F32 [V]. Throws `bad-data`.
 */
export function layoutOf(reader: ByteReader, tensors: readonly TensorPlace[]): RowLayout {
  const byName = new Map(tensors.map(tensor => [tensor.name, tensor]))
  const { dtype = 'F32', shape = [] } = byName.get('vectors') ?? {}
  const { precision, itemBytes } = kinds[dtype] ?? kinds.F32!
  const [words = 0, columns = 0] = shape
  const dimensions = precision === 'pq' ? (byName.get('vectors.centers')?.shape[1] ?? 0) : columns
  const expected: Expected[] = [
    ['vectors', dtype in kinds ? dtype : 'F32', [words, columns]],
    ['output_vectors', 'F32', [words, dimensions]],
    ...smaller[precision]([words, dimensions]),
    ['vocabulary.counts', 'F64', [words]],
    ['vocabulary.offsets', 'U64', [words + 1]],
    ['vocabulary.bytes', 'U8', [byName.get('vocabulary.bytes')?.shape[0]]],
  ]
  for (const [name, type, dims] of expected) {
    const tensor = byName.get(name)
    if (!tensor && name === 'output_vectors') continue
    if (!tensor) throw reader.error(missing(name, [...byName.keys()]))
    if (tensor.dtype !== type || String(tensor.shape) !== String(dims))
      throw reader.error({
        place: { part: `tensor "${name}"` },
        found: `it is ${tensor.dtype} [${tensor.shape}]`,
        expected: `${type} [${dims}]`,
      })
  }
  if (words === 0 || columns === 0 || dimensions === 0)
    throw reader.error({
      place: { part: 'tensor "vectors"' },
      found: `it is ${dtype} [${shape}], which has no vector in it`,
      expected: 'at least one row and one column',
    })
  if (precision === 'pq' && columns > dimensions)
    throw reader.error({
      place: { part: 'tensor "vectors"' },
      found: `it has ${columns} bytes a row for ${dimensions} dimensions`,
      expected: 'at most one byte for each dimension',
    })
  return { words, dimensions, precision, rowBytes: columns * itemBytes }
}

/** What belongs to `vectors` of each kind. */
const smaller: Readonly<Record<Precision, (shape: [number, number]) => Expected[]>> = {
  float32: () => [],
  float16: () => [],
  int8: ([words]) => [['vectors.scales', 'F32', [words]]],
  pq: ([words, dimensions]) => [
    ['vectors.lengths', 'F32', [words]],
    ['vectors.centers', 'F32', [256, dimensions]],
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
