import { option, say, WordloomError } from '../../errors.js'
import { fileVersion, findFiles, readText } from '../../files/index.js'
import { checkArray, mustBe } from '../../options/index.js'
import type { ReadTokensOptions } from './corpus-facts.js'
import { IncomingText } from './incoming-text.js'
import type { TaggedDocument } from './tagged-document.js'
import { writtenError } from './written-error.js'

/** How the lines of a file tell their tags. */
export const tagForms = ['columns', 'json'] as const
export type TagForm = (typeof tagForms)[number]

const ACTION = 'read documents with tags'

type ReadTaggedOptions = Pick<ReadTokensOptions, 'encoding' | 'maxDecompressed' | 'onWarning'>

/**
 * The documents of files, folders and globs, one a line, for `train`. `columns`: tags with commas between them, a tab,
 * and the text. `json`: objects with `tags`, one or an array of them, and `text`, or `words`, an array. Blank lines are
 * passed over. Throws `no-input`, and `bad-data`, naming the line, for what is no such document and no text.
 */
export async function* taggedDocuments(
  paths: readonly string[],
  form: TagForm,
  options: ReadTaggedOptions = {},
): AsyncGenerator<TaggedDocument> {
  checkArray(paths, 'paths', 'an array of file names', ACTION)
  if (!Object.hasOwn(parsers, form)) throw mustBe('form', form, `one of ${tagForms.join(', ')}`, ACTION)
  const passOver = (path: string, reason: string) => options.onWarning?.(`${path} was passed over: ${reason}`)
  for (const { path } of await findFiles(paths, passOver)) {
    const version = await fileVersion(path)
    let line = 0
    for await (const text of linesOf(path, options)) {
      line++
      if (text.trim() !== '') yield parsers[form](text, { file: shownName(path), line })
    }
    if (version !== (await fileVersion(path))) throw writtenError(path)
  }
}

interface LinePlace {
  readonly file: string
  readonly line: number
}

const parsers: Readonly<Record<TagForm, (line: string, place: LinePlace) => TaggedDocument>> = {
  columns(line, place) {
    const tab = line.indexOf('\t')
    const tags = line.slice(0, Math.max(tab, 0)).split(',')
    if (tab < 0 || tags.some(tag => tag.trim() === ''))
      throw new WordloomError('bad-data', {
        place,
        found: tab < 0 ? 'there is no tab in it' : 'a tag before the tab is empty',
        expected: 'tags with commas between them, a tab and the text',
      })
    return { tags: tags.map(tag => tag.trim()), text: line.slice(tab + 1) }
  },
  json(line, place) {
    const { tags, text, words } = objectIn(line, place)
    const names = (Array.isArray(tags) ? tags : [tags]).map(tag =>
      typeof tag === 'number' ? String(tag) : tag,
    )
    if (names.length === 0 || !names.every(tag => typeof tag === 'string' && tag !== ''))
      throw notDocument(place, `"tags" is ${JSON.stringify(tags) ?? 'missing'}`)
    if (typeof text === 'string') return { tags: names, text }
    if (Array.isArray(words) && words.every(word => typeof word === 'string')) return { tags: names, words }
    throw notDocument(place, 'it has neither a text nor words')
  },
}

function objectIn(line: string, place: LinePlace): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {}
  throw notDocument(place, 'it is no JSON object')
}

function notDocument(place: LinePlace, found: string): WordloomError {
  return new WordloomError('bad-data', {
    place,
    found,
    expected: 'an object such as {"tags": ["a", "b"], "text": "…"}, or with "words", an array of strings',
  })
}

/** Line breaks are LF or CR LF; a text without words is a line nevertheless. */
async function* linesOf(path: string, options: ReadTaggedOptions): AsyncGenerator<string> {
  const { encoding = 'bytes', maxDecompressed } = options
  const incoming = new IncomingText(shownName(path), encoding, undefined)
  const decode = decoderOf(path)
  let begun = ''
  for await (const chunk of readText(path, { maxDecompressed, utf16: encoding === 'utf16' })) {
    const lines = (begun + decode(incoming.take(chunk))).split('\n')
    begun = lines.pop()!
    for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line
  }
  begun += decode(incoming.end()) + decode(undefined)
  if (begun !== '') yield begun
}

/** Tags and texts become strings here, which cannot hold other bytes. */
function decoderOf(path: string): (bytes: Uint8Array | undefined) => string {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  return bytes => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined })
    } catch {
      throw new WordloomError('bad-data', {
        place: { file: shownName(path) },
        found: 'it is not UTF-8',
        expected: 'documents with tags in UTF-8',
        cure: say`convert it, or set ${option('encoding')} to windows-1252 if it is that`,
      })
    }
  }
}

function shownName(path: string): string {
  return path === '-' ? 'standard input' : path
}
