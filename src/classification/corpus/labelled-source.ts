import { WordloomError } from '../../errors.js'
import { fileOf, isWebStream, type WebStream } from '../../files/index.js'
import { kindOf } from '../../options/index.js'
import { isBytes } from '../../text/inner.js'

/** A line as a program gives it. */
export type GivenLine =
  | { readonly text: string; readonly label: string | number | boolean }
  | { readonly text: string; readonly labels: readonly (string | number | boolean)[] }

/**
 * Where labelled lines come from.
 * - a string or a URL of a file, or an array of them: paths, globs, folders, '-' for standard input, plain, .gz or .zst;
 * - `{ lines }`: the lines of a text in memory;
 * - the bytes of a text, compressed or not: a Uint8Array, a stream of Node or of a page;
 * - an iterable or async iterable of objects `{ text, label }` or `{ text, labels }`, or of strings, each a line.
 */
export type LabelledSource =
  | string
  | URL
  | readonly (string | URL)[]
  | { readonly lines: Iterable<string> | AsyncIterable<string> }
  | Uint8Array
  | Iterable<GivenLine>
  | AsyncIterable<GivenLine | Uint8Array | string>
  | WebStream<Uint8Array>

export type Items = Iterable<unknown> | AsyncIterable<unknown> | WebStream<unknown>

/** What a source is: names of files, or items. */
export type Sorted = { readonly paths: readonly string[] } | { readonly items: Items }

/** Throws `usage` for what is no source. */
export function sorted(source: LabelledSource): Sorted {
  if (typeof source === 'string') return { paths: [source] }
  if (source instanceof URL) return { paths: [fileOf(source)] }
  if (isBytes(source)) return { items: [source] }
  if (Array.isArray(source) && source.some(isName)) return { paths: namesIn(source) }
  if (isIterable(source)) return { items: source }
  if (typeof source === 'object' && source !== null && 'lines' in source && isIterable(source.lines))
    return { items: source.lines }
  throw new WordloomError('usage', {
    action: ACTION,
    found: `they are given as ${kindOf(source)}`,
    expected: 'a path, an array of paths, { lines: [...] }, bytes, or an iterable of { text, label }',
  })
}

/** The paths, globs and folders that a source names; none if it is in memory. */
export function pathsOf(source: LabelledSource): readonly string[] {
  const given = sorted(source)
  return 'paths' in given ? given.paths : []
}

export const ACTION = 'read labelled lines'

function namesIn(names: readonly unknown[]): string[] {
  return names.map(name => {
    if (typeof name === 'string') return name
    if (name instanceof URL) return fileOf(name)
    throw new WordloomError('usage', {
      action: ACTION,
      found: 'the array holds other things than paths',
      expected: 'only paths, or only objects { text, label }',
      cure: 'give lines that are strings as { lines: [...] }',
    })
  })
}

function isName(item: unknown): boolean {
  return typeof item === 'string' || item instanceof URL
}

function isIterable(source: unknown): source is Items {
  return (
    typeof source === 'object' &&
    source !== null &&
    (Symbol.iterator in source || Symbol.asyncIterator in source || isWebStream(source))
  )
}
