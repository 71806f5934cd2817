import { type ByteRanges, sha256 } from '../files/index.js'
import type { Section, Stretch } from './sections.js'
import type { TensorFile } from './tensor-file.js'

/** Of a SHA-256, in hexadecimal. */
const DIGEST_BYTES = 64
/** Bytes read at a time. */
const PIECE = 1 << 22

/** The tensor of digests that ends a file: one of the header and one of each tensor before it. */
export function digestSection(name: string, sections: number): Omit<Section, 'chunks'> {
  return { name, dtype: 'U8', shape: [sections + 1, DIGEST_BYTES] }
}

/** Goes on with a checksum, a word of 4 bytes at a time; as quick as copying, unlike SHA-256. */
export function fold(sum: number, bytes: Uint8Array): number {
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >>> 2)
  for (let i = 0; i < words.length; i++) sum = (Math.imul(sum, 31) + words[i]!) | 0
  return sum
}

/** Reads back what was written, whose sums are these, and gives its digests. Throws EIO if it is something else. */
export async function digestsOf(
  file: ByteRanges,
  stretches: readonly Stretch[],
  sums: readonly number[],
): Promise<Uint8Array> {
  let start = 0
  let digests = ''
  for (const [i, { name, bytes }] of stretches.entries()) {
    const { digest, sum } = await readBack(file, start, bytes)
    if (sum !== sums[i]) throw Object.assign(new Error(`${name} was not read as written`), { code: 'EIO' })
    digests += digest
    start += bytes
  }
  return new TextEncoder().encode(digests)
}

/** What is not as its digest in the last tensor tells, if anything. */
export async function damageIn(file: TensorFile): Promise<string | undefined> {
  const digests = file.tensors.at(-1)!
  const text = new TextDecoder().decode(await file.read(digests.name))
  const sections = [{ name: 'its header', start: 0, end: file.dataStart }, ...file.tensors.slice(0, -1)]
  if (text.length !== sections.length * DIGEST_BYTES) return 'digests are missing'
  for (const [i, { name, start, end }] of sections.entries()) {
    const { digest } = await readBack(file.ranges, start, end - start)
    if (digest !== text.slice(i * DIGEST_BYTES, (i + 1) * DIGEST_BYTES))
      return `${name} is not as it was written`
  }
  return undefined
}

async function readBack(file: ByteRanges, start: number, bytes: number) {
  const hash = sha256()
  let sum = 0
  for (let at = start; at < start + bytes; at += PIECE) {
    const piece = await file.read(at, Math.min(at + PIECE, start + bytes))
    hash.update(piece)
    sum = fold(sum, piece)
  }
  return { digest: hash.finish(), sum }
}
