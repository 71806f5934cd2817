import type { TextEncodingName } from './encoding.js'

export interface CorpusFacts {
  /** Paths of the files read, in order; empty if the text was not in files. */
  files: readonly string[]
  /** Of the text, after decompression. */
  bytes: number
  tokens: number
  /** Sentences with at least one token. */
  sentences: number
  /** Tokens left out because they were longer than 1,000 bytes. */
  skippedTokens: number
  /**
   * SHA-256 of the decompressed bytes of all files in order, or of the sentences given; hexadecimal. Where a file ends
   * in the middle of a line, a line break is among the bytes.
   */
  sha256: string
}

export interface CorpusProgress {
  /** Read so far: bytes of the files as they lie on the disk, or bytes of text if it is not in files. */
  bytes: number
  /** What `bytes` will be at the end, if that is known. */
  totalBytes: number | undefined
  tokens: number
}

export interface ReadTokensOptions {
  signal?: AbortSignal | undefined
  onProgress?: ((progress: CorpusProgress) => void) | undefined
  /** Told in a sentence what was passed over: files of a folder that are no text, tokens that are too long. */
  onWarning?: ((sentence: string) => void) | undefined
  /** How the bytes of files and streams are meant; default `bytes`. */
  encoding?: TextEncodingName | undefined
  /** Documents with tags are an error, since nothing would be learned of them; else the tags are passed over. Default false. */
  refusesTags?: boolean | undefined
  /** The most bytes that a compressed file may unpack to; by default 1 TiB, and a thousand times its size past 1 GiB. */
  maxDecompressed?: number | undefined
  /** Sees the text pass on its way to the words. */
  observer?: TextObserver | undefined
}

/** Sees a text pass, in chunks that are good during the call only. */
export interface TextObserver {
  /** What comes next is of this file. */
  beginFile(path: string): void
  /** Bytes of a file or stream as they came, decompressed. */
  bytes(bytes: Uint8Array): void
  /** The same as UTF-8, without a byte order mark at the beginning; and sentences that came as strings. */
  text(bytes: Uint8Array): void
  /** What comes next begins a line. */
  endLine(): void
}
