import { option, say, WordloomError } from '../../errors.js'
import { checkOutputs, checkWritable, isStream } from '../../files/index.js'
import {
  type FormatName,
  formatOfExtension,
  formats,
  namesOf,
  otherFormatNamed,
} from '../../formats/index.js'
import { choice } from '../../options/index.js'
import { print, printJson, tell, warn } from '../terminal/terminal.js'

/** How a verb tells what it made. */
export interface Report {
  print(text: string): void
  printJson(value: unknown): void
}

const formatNames = Object.keys(formats) as FormatName[]

const onStandardOutput: Report = { print, printJson }
const onStandardError: Report = { print: tell, printJson: value => tell(JSON.stringify(value)) }

/** The flag that names a format; `help` says of which file. */
export function formatFlag(help: string, otherwise: string) {
  return choice(undefined, formatNames, help, { otherwise })
}

/**
 * Fails now if an output cannot be written later, is named twice, or is one of the files that are read: paths,
 * folders and globs. If one is standard output, the verb tells of it on standard error.
 */
export async function openOutputs(
  outputs: readonly (string | undefined)[],
  inputs: readonly (string | undefined)[] = [],
): Promise<Report> {
  const given = (paths: readonly (string | undefined)[]) => paths.filter(path => path !== undefined)
  const places = await checkOutputs(given(outputs), given(inputs))
  const isTaken = places.some(place => place.kind === 'stream' && place.descriptor === 1)
  return isTaken ? onStandardError : onStandardOutput
}

/**
 * All files that vectors are written to under this name, none without a name. Throws `usage` if nothing tells their
 * format; word2vec's text goes to what is no file and has no ending. Tells if the format is not that of the ending.
 */
export async function vectorFiles(
  path: string | undefined,
  format: FormatName | undefined,
  flag: 'to' | 'format' = 'format',
): Promise<string[]> {
  if (path === undefined) return []
  if (format === undefined && formatOfExtension(path) === undefined && !(await isStream(path))) {
    await checkWritable(path)
    throw new WordloomError('usage', {
      action: `write ${path}`,
      found: isGensims(path) ? 'only gensim itself writes files that end so' : 'its ending names no format',
      cure: isGensims(path)
        ? say`use .bin, which gensim opens with KeyedVectors.load_word2vec_format, or name a format with ${option(flag)}`
        : say`use ${endings()}, or name one with ${option(flag)}`,
    })
  }
  if (format !== undefined) tellOtherEnding(path, format, flag)
  return namesOf(path, format && { format })
}

/** Readers look into a file before they look at its name, but people do not. */
function tellOtherEnding(path: string, format: FormatName, flag: 'to' | 'format'): void {
  const named = otherFormatNamed(path, format)
  if (named !== undefined)
    warn(`${path} is written as ${format}, as --${flag} says; its ending names ${named}`)
}

function isGensims(path: string): boolean {
  return /\.(model|kv)$/i.test(path)
}

/** The name under which vectors were written, and those of the files that were written along with them. */
export async function shownFiles(path: string, format?: FormatName): Promise<string> {
  const names = await namesOf(path, format && { format })
  const [main, ...beside] = names.reverse().map(shownOutput)
  const last = beside.pop()
  return last === undefined ? main! : `${[main, ...beside].join(', ')} and ${last}`
}

/** A name as people read it. */
export function shownOutput(path: string): string {
  return path === '-' ? 'standard output' : path
}

function endings(): string {
  const all = [...new Set(Object.values(formats).flatMap(format => format.extensions))]
  return `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`
}
