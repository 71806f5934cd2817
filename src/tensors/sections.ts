import { WordloomError } from '../errors.js'
import { tensorBytes } from './item-bytes.js'
import { encodeHeader, type TensorPlace } from './safetensors-header.js'

/** A tensor to be written: what it is, and its bytes a chunk at a time. */
export interface Section {
  readonly name: string
  readonly dtype: string
  readonly shape: readonly number[]
  readonly chunks: Iterable<Uint8Array>
}

/** A stretch of a file, to be written or read as one: the header, or a tensor. */
export interface Stretch {
  readonly name: string
  readonly bytes: number
  readonly chunks: Iterable<Uint8Array>
}

/** What is handed on at a time of a tensor that lies in one piece: writers copy chunks. */
const SLICE_BYTES = 1 << 18

/** A safetensors file: its header, then these tensors one behind the other. */
export function* fileOf(
  sections: readonly Section[],
  metadata: Readonly<Record<string, string>>,
): Generator<Uint8Array> {
  for (const { chunks } of stretchesOf(sections, metadata)) yield* chunks
}

/**
 * The stretches of such a file; `reserved` tensors follow, which the caller writes when he knows their bytes. Throws
 * `internal` for a tensor whose chunks are more or fewer bytes than its shape tells.
 */
export function stretchesOf(
  sections: readonly Section[],
  metadata: Readonly<Record<string, string>>,
  reserved: readonly Omit<Section, 'chunks'>[] = [],
): Stretch[] {
  const tensors = placed([...sections, ...reserved])
  const header = encodeHeader({ tensors, metadata })
  return [
    { name: 'the header', bytes: header.length, chunks: [header] },
    ...sections.map(({ name, chunks }, i) => {
      const bytes = tensors[i]!.end - tensors[i]!.start
      return { name, bytes, chunks: { [Symbol.iterator]: () => counted(name, chunks, bytes) } }
    }),
  ]
}

/** The bytes of numbers, which lie where they are. */
export function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/** The same, a slice at a time. */
export function* slicesOf(numbers: ArrayBufferView): Generator<Uint8Array> {
  const bytes = bytesOf(numbers)
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) yield bytes.subarray(at, at + SLICE_BYTES)
}

function placed(tensors: readonly Omit<Section, 'chunks'>[]): TensorPlace[] {
  let end = 0
  return tensors.map(({ name, dtype, shape }) => {
    const start = end
    end += tensorBytes(dtype, shape)!
    return { name, dtype, shape: [...shape], start, end }
  })
}

function* counted(name: string, chunks: Iterable<Uint8Array>, bytes: number): Generator<Uint8Array> {
  let written = 0
  for (const chunk of chunks) {
    written += chunk.length
    yield chunk
  }
  if (written !== bytes)
    throw new WordloomError('internal', { found: `"${name}" is ${written} bytes`, expected: `${bytes}` })
}
