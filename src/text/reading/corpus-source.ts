import { WordloomError } from '../../errors.js'
import { isWebStream, type WebStream } from '../../files/index.js'

/** A sentence: text that a tokenizer cuts, or tokens that are taken as they are (they may hold spaces). */
export type Sentence = string | readonly string[]

/**
 * Where text comes from.
 * - a string, or an array of them: paths, globs, folders, '-' for standard input, plain, .gz or .zst;
 * - `{ lines }`: text in memory, each line a sentence;
 * - an array of arrays: sentences of tokens;
 * - any other iterable or async iterable: sentences, read once; or the bytes of a text (Uint8Array), such as a
 *   stream of Node gives. There, and in a stream that gives text in pieces, line breaks end the sentences;
 * - a stream of a page, such as the body of an answer to fetch; `null`, a body that is not there, is refused.
 */
export type CorpusSource =
  | string
  | readonly string[]
  | { readonly lines: readonly string[] }
  | Iterable<Sentence>
  | AsyncIterable<Sentence | Uint8Array>
  | WebStream<Sentence | Uint8Array>
  | null

/** The paths that a text is given by: files, folders and globs. */
export function pathsIn(source: CorpusSource): readonly string[] {
  if (typeof source === 'string') return [source]
  return isListOfPaths(source) ? source : []
}

/** Whether a text is given by several paths. Throws `usage` for an array of paths and other things. */
export function isListOfPaths(source: CorpusSource): source is readonly string[] {
  if (!Array.isArray(source) || (source.length > 0 && source.every(Array.isArray))) return false
  if (source.every(path => typeof path === 'string')) return true
  throw new WordloomError('usage', {
    action: 'read a text',
    found: 'the array holds other things than paths',
    expected: 'only paths, or only arrays of tokens',
    cure: 'give sentences that are strings as { lines: [...] }',
  })
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
