import type { WordVectors } from '../vectors/word-vectors.js'
import type { ByteReader } from './byte-reader.js'

export interface ReadOptions {
  /** Only the first `limit` words, which are the most frequent ones in most files. */
  limit?: number
}

/** One way to keep word vectors in bytes. */
export interface VectorFormat {
  /** With the dot, in lower case; the first one is the usual one. */
  extensions: readonly string[]
  /** A few words for a list of formats. */
  description: string
  /** Whether a file that begins so (64 KB, or all of it) has this format. */
  recognizes(head: Uint8Array): boolean
  /** Throws `bad-data` for anything that is not whole and right, `too-large` past 4 GiB. */
  read(reader: ByteReader, options: ReadOptions): Promise<WordVectors>
  /** The file, a chunk at a time. Throws `bad-data` for words that the format cannot hold. */
  write(vectors: WordVectors): Iterable<Uint8Array<ArrayBuffer>>
}
