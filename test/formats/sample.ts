import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { formats, type LoadOptions, read } from '#formats/index'
import { allocateMatrix, row } from '#math/matrix'
import type { Random } from '#math/random'
import { Vocabulary } from '#text/vocabulary/vocabulary'
import { WordVectors } from '#vectors/index'

const shared = fileURLToPath(new URL('../../../../shared/data/vectors/', import.meta.url))

/** Test data beside the checkout, and the reason to skip where it is not. */
export const sharedVectors = (name: string) => join(shared, name)
export const withoutShared = existsSync(shared) ? false : 'the shared test data is not beside this checkout'

/** A folder that goes when the tests of this file have ended. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wordloom-'))
  after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Vectors with words that are easy to get wrong and numbers of every kind. */
export function awkwardVectors(words: (string | Uint8Array)[] = awkwardWords(), dimensions = 3): WordVectors {
  const vocabulary = Vocabulary.of(
    words,
    Float64Array.from(words, (_, i) => 2 ** 40 - i),
  )
  const matrix = allocateMatrix(words.length, dimensions)
  const numbers = [
    0,
    -0,
    1,
    -1.5,
    0.1,
    1e-45,
    -3.4028234663852886e38,
    1.1754944e-38,
    16777216,
    1 / 3,
    123456.79,
    1e-7,
  ]
  for (let i = 0; i < words.length; i++)
    for (let j = 0; j < dimensions; j++) row(matrix, i)[j] = numbers[(i * dimensions + j) % numbers.length]!
  return new WordVectors({ vocabulary, matrix, metadata: { seed: '7', ['__proto__']: 'kept' } })
}

function awkwardWords(): (string | Uint8Array)[] {
  return [
    '__proto__',
    'constructor',
    '</s>',
    'naïve',
    '東京',
    '1.5',
    Uint8Array.of(0x61, 0xff),
    Uint8Array.of(0x61, 0xfe),
  ]
}

/** Formats whose files say all by themselves. */
export const singleFiles = ['safetensors', 'word2vec-binary', 'word2vec-text', 'glove', 'fasttext'] as const
export type SingleFile = (typeof singleFiles)[number] | 'json' | 'json-lines'

/** What a format writes, in one piece. */
export function bytesIn(format: SingleFile, vectors: WordVectors): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat([...formats[format].write(vectors)]))
}

/** Reads bytes as a file, in chunks of `chunkBytes`, its size known before it is read or not. */
export function readBytesOf(
  bytes: Uint8Array,
  options: LoadOptions = {},
  chunkBytes = 1 << 16,
  sizeKnown = true,
): Promise<WordVectors> {
  return read(
    { name: 'some.vectors', size: sizeKnown ? bytes.length : undefined, chunks: pieces(bytes, chunkBytes) },
    options,
  )
}

export function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

export function rowsOf(vectors: WordVectors): number[][] {
  return Array.from({ length: vectors.size }, (_, i) => [...row(vectors.matrix, i)])
}

export function wordBytesOf(vectors: WordVectors): string[] {
  return Array.from({ length: vectors.size }, (_, i) =>
    Buffer.from(vectors.vocabulary.bytes(i)).toString('hex'),
  )
}

/** Flips, overwrites, removes, repeats or inserts a few bytes. */
export function damaged(bytes: Uint8Array, random: Random): Uint8Array {
  let result = Buffer.from(bytes)
  for (let times = 1 + random.below(3); times > 0; times--) {
    const at = random.below(Math.max(1, result.length))
    const length = random.below(9)
    const kind = random.below(5)
    if (kind === 0) result[at]! ^= 1 << random.below(8)
    else if (kind === 1) result[at] = random.below(256)
    else if (kind === 2) result = Buffer.concat([result.subarray(0, at), result.subarray(at + length)])
    else if (kind === 3) result = Buffer.concat([result.subarray(0, at + length), result.subarray(at)])
    else {
      const digits = ascii(String(random.next()))
      result = Buffer.concat([result.subarray(0, at), digits, result.subarray(at)])
    }
  }
  return result
}

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size)
}
