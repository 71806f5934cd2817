import { abortable, breathe, stopIfAborted } from '../../abort.js'
import { WordloomError } from '../../errors.js'
import { findFiles, hasByteOrderMark, iterableOf, readText } from '../../files/index.js'
import { describe } from '../scanning/lines.js'
import { NEWLINE, type TokenSink } from '../scanning/scanner.js'
import { TokenBytes } from '../scanning/token-bytes.js'
import type { Tokenizer } from '../scanning/tokenizers.js'
import { wellFormed } from '../well-formed.js'
import { CorpusDigest } from './corpus-digest.js'
import { type CorpusSource, isIterable, isListOfPaths, isTextStream, type Sentence } from './corpus-source.js'
import { type Recoder, recoderFor, type TextEncodingName } from './encoding.js'
import { type Intake, ScannedIntake } from './intake.js'

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
  /** Read so far: bytes of the files as they lie on the disk, or bytes of text where it is not in files. */
  bytes: number
  /** What `bytes` will be at the end, where that is known. */
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
  /** The most bytes that a compressed file may unpack to; by default 1 TiB, and a thousand times its size past 1 GiB. */
  maxDecompressed?: number | undefined
}

/**
 * Reads a text once, in constant memory, and gives its tokens to `sink`. Throws `no-input` if a file cannot
 * be found or opened, `bad-data` if it is not text, `too-large` if a compressed file unpacks to too much,
 * `usage` for an unknown tokenizer, `aborted`.
 */
export async function readTokens(
  source: CorpusSource,
  tokenizer: Tokenizer,
  sink: TokenSink,
  options: ReadTokensOptions = {},
): Promise<CorpusFacts> {
  return readCorpus(source, new ScannedIntake(tokenizer, sink), options)
}

/** The same into any intake. */
export async function readCorpus(
  source: CorpusSource,
  intake: Intake,
  options: ReadTokensOptions,
): Promise<CorpusFacts> {
  const reader = new CorpusReader(intake, options)
  if (typeof source === 'string' || isListOfPaths(source)) await reader.readFiles(source)
  else if (isIterable(source)) await reader.readSentences(iterableOf(source))
  else if (Array.isArray(source?.lines)) await reader.readSentences(source.lines)
  else
    throw new WordloomError('usage', {
      action: 'read a text',
      found:
        source === null
          ? 'it is null, as the body of an answer without one'
          : `it is given as ${describe(source)}`,
      expected: 'a path, an array of paths, { lines: [...] } or an iterable of sentences',
    })
  await intake.settle?.()
  return reader.facts()
}

/** One reading of a corpus: what it has seen so far. */
class CorpusReader {
  readonly #intake: Intake
  readonly #options: ReadTokensOptions
  readonly #digest = new CorpusDigest()
  readonly #files: string[] = []
  readonly #token = new TokenBytes()
  readonly #pieces: Recoder // of text that is not in files
  #skipped = 0 // tokens of sentences that came as tokens
  #inText = false // text came last, and may go on
  #inLine = false // its last line has not ended

  constructor(intake: Intake, options: ReadTokensOptions) {
    this.#intake = intake
    this.#options = options
    this.#pieces = recoderFor(options.encoding ?? 'bytes', 'the text given')
  }

  facts(): CorpusFacts {
    return {
      files: this.#files,
      bytes: this.#digest.bytes,
      tokens: this.#intake.tokens,
      sentences: this.#intake.sentences,
      skippedTokens: this.#intake.skipped + this.#skipped,
      sha256: this.#digest.finish(),
    }
  }

  async readFiles(paths: string | readonly string[]): Promise<void> {
    stopIfAborted(this.#options.signal)
    const files = await findFiles(paths, (path, reason) =>
      this.#options.onWarning?.(`${path} was passed over: ${reason}`),
    )
    const totalBytes = files.every(file => file.size !== undefined)
      ? files.reduce((sum, file) => sum + file.size!, 0)
      : undefined
    this.#intake.expect?.(totalBytes ?? 0)
    let before = 0
    for (const { path, size } of files) {
      let bytes = 0
      await this.#readFile(path, read => {
        bytes += read
        this.#report(before + bytes, totalBytes)
      })
      if (size && size !== bytes) throw changedError(path, size, bytes)
      before += bytes
    }
    this.#report(before, totalBytes)
  }

  async #readFile(path: string, onRead: (bytes: number) => void): Promise<void> {
    const { encoding = 'bytes', maxDecompressed, signal } = this.#options
    const recoder = recoderFor(encoding, path === '-' ? 'standard input' : path)
    const chunks = readText(path, { onRead, maxDecompressed, utf16: encoding === 'utf16' })
    this.#files.push(path)
    let first = true
    for await (const chunk of abortable(chunks, signal)) {
      const text = recoder.write(chunk)
      const isMarked = first && hasByteOrderMark(text)
      if (first) this.#beginFile(isMarked || encoding === 'utf16')
      this.#digest.add(chunk)
      this.#leaveOff(text)
      await this.#intake.write(isMarked ? text.subarray(3) : text)
      first = false
    }
    await this.#intake.write(recoder.end())
    await this.#intake.end()
  }

  /** A file ends the last line of the one before, and may have a byte order mark that counts only at a beginning. */
  #beginFile(isReadAnew: boolean): void {
    if (this.#digest.bytes === 0) return
    this.#endLine()
    if (isReadAnew) this.#digest.endToken()
  }

  #leaveOff(text: Uint8Array): void {
    if (text.length > 0) this.#inLine = text.at(-1) !== NEWLINE
  }

  #endLine(): void {
    if (this.#inLine) this.#digest.endSentence()
    this.#inLine = false
  }

  /** Sentences, or the bytes of a text. */
  async readSentences(sentences: Iterable<Sentence> | AsyncIterable<Sentence | Uint8Array>): Promise<void> {
    const inPieces = isTextStream(sentences)
    let pause = breathe()
    for await (const sentence of abortable<Sentence | Uint8Array>(sentences, this.#options.signal)) {
      if (sentence instanceof Uint8Array) await this.#readBytes(sentence)
      else if (typeof sentence === 'string' && inPieces)
        await this.#readPiece(encoder.encode(wellFormed(sentence)))
      else if (typeof sentence === 'string') await this.#readText(sentence)
      else await this.#readTokens(sentence)
      if (pause.isDue()) {
        this.#report(this.#digest.bytes, undefined)
        pause = await pause.take()
        stopIfAborted(this.#options.signal)
      }
    }
    await this.#intake.write(this.#pieces.end())
    await this.#intake.end()
    this.#report(this.#digest.bytes, undefined)
  }

  #readBytes(bytes: Uint8Array): void | Promise<void> {
    const text = this.#pieces.write(bytes)
    this.#digest.add(bytes)
    this.#leaveOff(text)
    this.#inText = true
    return this.#intake.write(text)
  }

  #readPiece(bytes: Uint8Array): void | Promise<void> {
    this.#digest.add(bytes)
    this.#leaveOff(bytes)
    this.#inText = true
    return this.#intake.write(bytes)
  }

  async #readText(text: string): Promise<void> {
    await this.#readPiece(encoder.encode(wellFormed(text)))
    this.#digest.endSentence()
    this.#inLine = false
    await this.#intake.end()
  }

  /** What was text before is a sentence of its own. */
  async #readTokens(tokens: readonly string[]): Promise<void> {
    if (this.#inText) {
      this.#endLine()
      await this.#intake.end()
      await this.#intake.settle?.()
      this.#inText = false
    }
    this.#takeTokens(tokens)
  }

  #takeTokens(tokens: readonly string[]): void {
    if (!Array.isArray(tokens))
      throw new WordloomError('usage', {
        action: 'read a text',
        found: `a sentence is ${describe(tokens)}`,
        expected: 'a string or an array of strings',
      })
    for (const token of tokens) {
      if (typeof token !== 'string')
        throw new WordloomError('usage', {
          action: 'read a text',
          found: `a token is ${describe(token)}`,
          expected: 'a string',
        })
      const length = this.#token.write(token)
      if (length < 0) this.#skipped++
      else if (length > 0) this.#takeToken(this.#token.bytes, length)
    }
    this.#intake.endSentence()
    this.#digest.endSentence()
  }

  #takeToken(bytes: Uint8Array, length: number): void {
    this.#digest.add(bytes, length)
    this.#digest.endToken()
    this.#intake.token(bytes, 0, length)
  }

  #report(bytes: number, totalBytes: number | undefined): void {
    this.#options.onProgress?.({ bytes, totalBytes, tokens: this.#intake.tokens })
  }
}

const encoder = new TextEncoder()

function changedError(path: string, size: number, bytes: number): WordloomError {
  return new WordloomError('bad-data', {
    place: { file: path },
    found: `the file changed while it was read: it had ${size.toLocaleString('en')} bytes before, and ${bytes.toLocaleString('en')} were read`,
    cure: 'start again when nothing writes to it',
  })
}
