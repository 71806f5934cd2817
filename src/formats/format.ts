import type { ByteReader } from '../tensors/index.js'
import type { Vocabulary } from '../text/index.js'
import type { WordVectors } from '../vectors/index.js'

export interface ReadOptions {
  /** Number of words, the first ones of the file. A whole number from 1 up; default all words. */
  limit?: number
  /** Only these words; a warning tells how many of them the file lacks. */
  words?: Iterable<string | Uint8Array>
  /** Buckets of sub-words that are kept, those that matter most. A whole number from 1 up; default all. */
  buckets?: number
  /**
   * The whole rows of a text or binary file that ends early or goes on too long. True or false; default
   * false.
   */
  lenient?: boolean
  /** Omission of rows with NaN or infinite numbers. True or false; default false. */
  allowNonfinite?: boolean
  /**
   * Bytes that a compressed file may unpack to. A whole number from 1 up; default 1 TiB, and a thousand times
   * its size past 1 GiB (Parquet: past 16 MiB).
   */
  maxDecompressed?: number
}

/** Bytes as a format writes them, a chunk at a time. */
export type WrittenChunks = Iterable<Uint8Array<ArrayBuffer>> | AsyncIterable<Uint8Array<ArrayBuffer>>

/** A file that a format wants beside its own, as words beside an array. */
export interface Companion {
  /** Its name in the same folder. */
  name: string
  write(vectors: WordVectors): WrittenChunks
}

/** One way to keep word vectors in bytes. */
export interface VectorFormat {
  /** With the dot, in lower case; the first one is the usual one. None if the format must be named. */
  extensions: readonly string[]
  /** Endings of other formats that files of this one have, too, as people name them. */
  alsoNamed?: readonly string[]
  /** A few words for a list of formats. */
  description: string
  /** Whether output vectors and counts are kept. */
  keepsTraining?: true
  /** Whether vectors of sub-words are kept. */
  keepsSubwords?: true
  /** Whether a file that begins so (64 KB, or all of it) has this format. */
  recognizes(head: Uint8Array): boolean
  /** Throws `bad-data` for anything that is not whole and right, `too-large` past 4 GiB. */
  read(reader: ByteReader, options: ReadOptions): Promise<WordVectors>
  /**
   * Throws `bad-data` for a word that the format cannot hold: to be asked before vectors are written, and before they
   * are learned. A format without it holds every word.
   */
  refuse?(vocabulary: Vocabulary): void
  /** The file, a chunk at a time. Throws what `refuse` throws. */
  write(vectors: WordVectors): WrittenChunks
  /** What is written beside the file of this name (in the same folder), if anything. */
  companions?(name: string): readonly Companion[]
}

/** A format that is written without waiting for anything. */
export type PlainFormat = Omit<VectorFormat, 'write'> & {
  write(vectors: WordVectors): Iterable<Uint8Array<ArrayBuffer>>
}
