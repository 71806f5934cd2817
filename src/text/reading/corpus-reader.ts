import { abortable, breathe, stopIfAborted } from '../../abort.js'
import { WordloomError } from '../../errors.js'
import {
  type FoundFile,
  fileVersion,
  findFiles,
  hasByteOrderMark,
  readText,
  TextCheck,
} from '../../files/index.js'
import { describe } from '../scanning/lines.js'
import { NEWLINE } from '../scanning/scanner.js'
import { TokenBytes } from '../scanning/token-bytes.js'
import { wellFormed } from '../well-formed.js'
import { GIVEN, type Item, isBytes, unpackedItems } from './byte-items.js'
import { CorpusDigest } from './corpus-digest.js'
import type { CorpusFacts, CorpusProgress, ReadTokensOptions, TextObserver } from './corpus-facts.js'
import { changedError, withoutDocuments } from './corpus-faults.js'
import { isTextStream, noSuchText } from './corpus-source.js'
import { isUtf8, isUtf16 } from './encoding.js'
import { IncomingText } from './incoming-text.js'
import type { Intake } from './intake.js'
import { isTagged, partsOf, type TaggedDocument, wrongDocument } from './tagged-document.js'
import { writtenError } from './written-error.js'

/** One reading of a corpus: what it has seen so far. */
export class CorpusReader {
  readonly #intake: Intake
  readonly #options: ReadTokensOptions
  readonly #digest = new CorpusDigest()
  readonly #files: string[] = []
  readonly #token = new TokenBytes()
  readonly #pieces: IncomingText // text that is not in files
  #check: TextCheck | undefined // of a stream that gives text in pieces
  #end: Omit<CorpusProgress, 'tokens'> = { bytes: 0, totalBytes: undefined }
  #skipped = 0 // tokens of sentences that came as tokens
  #inText = false // text came last, and may go on
  #inLine = false // its last line has not ended
  #items = 0 // that came, other than pieces of a text
  #areTagged = false

  constructor(intake: Intake, options: ReadTokensOptions) {
    this.#intake = intake
    this.#options = options
    this.#pieces = this.#incoming(GIVEN)
  }

  #incoming(name: string): IncomingText {
    const { encoding = 'bytes', onWarning, observer } = this.#options
    return new IncomingText(name, encoding, onWarning, observer !== undefined)
  }

  get #observer(): TextObserver | undefined {
    return this.#options.observer
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

  async readFiles(paths: readonly string[]): Promise<void> {
    stopIfAborted(this.#options.signal)
    const files = await this.#find(paths)
    const totalBytes = files.every(file => file.size !== undefined)
      ? files.reduce((sum, file) => sum + file.size!, 0)
      : undefined
    this.#intake.expect?.(totalBytes ?? 0)
    let before = 0
    for (const { path, size } of files) {
      let bytes = 0
      const version = await fileVersion(path)
      await this.#readFile(path, read => {
        bytes += read
        this.#report(before + bytes, totalBytes)
      })
      if (size && size !== bytes) throw changedError(path, size, bytes)
      if (version !== (await fileVersion(path))) throw writtenError(path)
      before += bytes
    }
    this.#end = { bytes: before, totalBytes }
  }

  /** Stops at once when the signal comes: there may be many folders. */
  async #find(paths: readonly string[]): Promise<readonly FoundFile[]> {
    const { signal, onWarning } = this.#options
    async function* found() {
      yield await findFiles(paths, (path, reason) => onWarning?.(`${path} was passed over: ${reason}`))
    }
    try {
      for await (const files of abortable(found(), signal)) return files
      return []
    } catch (error) {
      throw noSuchText(error, paths)
    }
  }

  async #readFile(path: string, onRead: (bytes: number) => void): Promise<void> {
    const { encoding = 'bytes', maxDecompressed, signal } = this.#options
    const incoming = this.#incoming(path === '-' ? 'standard input' : path)
    const chunks = readText(path, { onRead, maxDecompressed, utf16: isUtf16(encoding) })
    this.#files.push(path)
    this.#observer?.beginFile(path)
    let first = true
    for await (const chunk of abortable(chunks, signal)) {
      const text = incoming.take(chunk)
      if (first) this.#beginFile(incoming.isMarked || !isUtf8(encoding))
      this.#digest.add(chunk)
      this.#observer?.bytes(chunk)
      this.#observer?.text(text)
      this.#leaveOff(text)
      await this.#intake.write(text)
      first = false
    }
    const rest = incoming.end()
    this.#observer?.text(rest)
    this.#observer?.endLine()
    await this.#intake.write(rest)
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
  async readSentences(sentences: Iterable<Item> | AsyncIterable<Item>): Promise<void> {
    const { signal, encoding = 'bytes', maxDecompressed } = this.#options
    if (isTextStream(sentences)) this.#check = new TextCheck(GIVEN)
    const given = abortable<Item>(sentences, signal)
    try {
      const { done, value: first } = await given.next()
      if (isBytes(first))
        await this.#takeAll(unpackedItems(first, given, { utf16: isUtf16(encoding), maxDecompressed }))
      else if (!done) {
        await this.#take(first)
        await this.#takeAll(given)
      }
    } finally {
      await given.return(undefined)
    }
    const rest = this.#pieces.end()
    this.#observer?.text(rest)
    this.#observer?.endLine()
    await this.#intake.write(rest)
    await this.#intake.end()
    this.#end = { bytes: this.#digest.bytes, totalBytes: undefined }
  }

  /** The last report, once all threads have counted their words. */
  reportEnd(): void {
    this.#report(this.#end.bytes, this.#end.totalBytes)
  }

  async #takeAll(items: AsyncIterable<Item>): Promise<void> {
    let pause = breathe()
    for await (const item of items) {
      await this.#take(item)
      if (!pause.isDue()) continue
      this.#report(this.#digest.bytes, undefined)
      pause = await pause.take()
      stopIfAborted(this.#options.signal)
    }
  }

  #take(item: Item): void | Promise<void> {
    if (isBytes(item)) return this.#readBytes(item)
    if (isTagged(item)) return this.#readTagged(item)
    if (this.#areTagged)
      throw wrongDocument(this.#items + 1, 'it has no tags, and those before it have', 'tags')
    this.#items++
    if (typeof item !== 'string') return this.#readTokens(item)
    if (!this.#check) return this.#readText(item)
    const bytes = encoder.encode(wellFormed(item))
    this.#check.look(bytes)
    return this.#readPiece(bytes)
  }

  #readBytes(bytes: Uint8Array): void | Promise<void> {
    const text = this.#pieces.take(bytes)
    this.#digest.add(bytes)
    this.#observer?.bytes(bytes)
    this.#observer?.text(text)
    this.#leaveOff(text)
    this.#inText = true
    return this.#intake.write(text)
  }

  #readPiece(bytes: Uint8Array): void | Promise<void> {
    const isMarked = this.#digest.bytes === 0 && hasByteOrderMark(bytes)
    this.#digest.add(bytes)
    this.#leaveOff(bytes)
    this.#inText = true
    this.#observer?.text(isMarked ? bytes.subarray(3) : bytes)
    return this.#intake.write(isMarked ? bytes.subarray(3) : bytes)
  }

  async #readTagged(document: TaggedDocument): Promise<void> {
    this.#items++
    if (this.#items > 1 && !this.#areTagged)
      throw wrongDocument(this.#items, 'it has tags, and those before it have none', 'tags for all or none')
    const { tags, content } = partsOf(document, this.#items)
    if (this.#options.refusesTags) throw withoutDocuments()
    this.#areTagged = true
    this.#intake.tag?.(tags)
    await (typeof content === 'string' ? this.#readText(content) : this.#readTokens(content))
  }

  async #readText(text: string): Promise<void> {
    await this.#readPiece(encoder.encode(wellFormed(text)))
    if (text === '') await this.#intake.write(BLANK_LINE)
    this.#digest.endSentence()
    this.#observer?.endLine()
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
    this.#observer?.text(encoder.encode(wellFormed(tokens.join(' '))))
    this.#observer?.endLine()
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

/** A text without a line break is a line nevertheless, as documents are counted. */
const BLANK_LINE = Uint8Array.of(NEWLINE)
