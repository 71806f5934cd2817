import { WordloomError } from '../../errors.js'
import { fileOf, isWebStream, type WebStream } from '../../files/index.js'
import { isTagged, type TaggedDocument } from './tagged-document.js'

/** A sentence: text that a tokenizer cuts, or tokens that are taken as they are (they may hold spaces); or a document with tags. */
export type Sentence = string | readonly string[] | TaggedDocument

/**
 * Where text comes from.
 * - a string or a URL of a file, or an array of them: paths, globs, folders, '-' for standard input, plain, .gz or .zst;
 * - `{ lines }`: text in memory, each line a sentence;
 * - an array of arrays: sentences of tokens; or of documents with tags;
 * - any other iterable or async iterable: sentences, read once; or the bytes of a text (Uint8Array), such as a
 *   stream of Node gives, decompressed as files are. There, and in a stream that gives text in pieces, line breaks end
 *   the sentences;
 * - a stream of a page, such as the body of an answer to fetch; `null`, a body that is not there, is refused.
 */
export type CorpusSource = string | URL | readonly (string | URL)[] | GivenText

/** A text that is in no file. */
export type GivenText =
  | { readonly lines: readonly Sentence[] }
  | Iterable<Sentence>
  | AsyncIterable<Sentence | Uint8Array>
  | WebStream<Sentence | Uint8Array>
  | null

/** The paths that a text is given by: files, folders and globs. */
export function pathsIn(source: CorpusSource): readonly string[] {
  return pathsOf(source) ?? []
}

/**
 * The paths, if a text is given by paths. Throws `usage` for an array of paths and other things and for bytes in one
 * piece, and `no-input` for a URL that is no file's.
 */
export function pathsOf(source: CorpusSource): readonly string[] | undefined {
  if (typeof source === 'string') return [source]
  if (source instanceof URL) return [fileOf(source)]
  if (ArrayBuffer.isView(source)) throw bareBytes()
  if (!Array.isArray(source) || (source.length > 0 && source.every(isSentence))) return undefined
  if (source.every(path => typeof path === 'string' || path instanceof URL))
    return source.map(path => (typeof path === 'string' ? path : fileOf(path)))
  throw new WordloomError('usage', {
    action: 'read a text',
    found: 'the array holds other things than paths',
    expected: 'only paths, or only arrays of tokens or { tags, text }',
    cure: 'give sentences that are strings as { lines: [...] }',
  })
}

function bareBytes(): WordloomError {
  return new WordloomError('usage', {
    action: 'read a text',
    found: 'it is bytes in one piece',
    expected:
      'a path, { lines: [...] }, or an iterable, such as a stream, of sentences or of pieces of bytes',
    cure: "give { lines: new TextDecoder().decode(bytes).split('\\n') }",
  })
}

/** A text would be a path. */
function isSentence(item: unknown): boolean {
  return Array.isArray(item) || isTagged(item)
}

/** The error that there is no file of a name, with what to do if the name is a text. */
export function noSuchText(error: unknown, paths: readonly string[]): unknown {
  if (!(error instanceof WordloomError) || error.code !== 'no-input' || !paths.some(looksLikeText))
    return error
  const { place, ...fault } = error.fault
  const shown =
    place?.file !== undefined && place.file.length > 60 ? `${place.file.slice(0, 60)}…` : place?.file
  const cure = 'if this is the text and not the name of a file, give it as { lines: [...] }, or by a pipe'
  return new WordloomError(
    'no-input',
    { ...fault, place: { ...place, file: shown }, cure },
    { cause: error.cause },
  )
}

/** Words with blanks between them, without a folder or an extension. */
function looksLikeText(path: string): boolean {
  return /\S\s+\S/.test(path) && (/\n/.test(path) || !/[/\\]|\.\w{1,5}$/.test(path))
}

/** Whether a text is given sentence by sentence, or in pieces. */
export function isIterable(
  source: object | null,
): source is Iterable<Sentence> | AsyncIterable<Sentence | Uint8Array> | WebStream<Sentence | Uint8Array> {
  return (
    source !== null &&
    typeof source === 'object' &&
    (Symbol.iterator in source || Symbol.asyncIterator in source || isWebStream(source))
  )
}

/** A Readable of Node that gives a text in pieces cut anywhere, not sentence by sentence. */
export function isTextStream(source: object): boolean {
  return 'readableObjectMode' in source && source.readableObjectMode === false
}
