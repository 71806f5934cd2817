import { WordloomError } from '../errors.js'
import { checkOutputs, isStream } from '../files/index.js'
import { type FormatName, formatOfExtension, formats, namesOf } from '../formats/index.js'
import { print, printJson, tell } from './terminal.js'

/** How a verb tells what it made. */
export interface Report {
  print(text: string): void
  printJson(value: unknown): void
}

export const formatNames = Object.keys(formats) as FormatName[]

const onStandardOutput: Report = { print, printJson }
const onStandardError: Report = { print: tell, printJson: value => tell(JSON.stringify(value)) }

/**
 * Fails now where an output cannot be written later, is named twice, or is one of the files that are read: paths,
 * folders and globs. Where one is standard output, the verb tells of it on standard error.
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
 * All files that vectors are written to under this name. Throws `usage` where nothing tells their format; word2vec's
 * text goes where there is no file and no ending.
 */
export async function vectorFiles(
  path: string,
  format: FormatName | undefined,
  flag: '--to' | '--format',
): Promise<string[]> {
  if (format === undefined && formatOfExtension(path) === undefined && !(await isStream(path)))
    throw new WordloomError(
      'usage',
      `the ending of ${path} tells no format; use ${endings()}, or name one with ${flag}`,
    )
  return namesOf(path, format && { format })
}

/** A name as it is told to people. */
export function shownOutput(path: string): string {
  return path === '-' ? 'standard output' : path
}

function endings(): string {
  const all = Object.values(formats).flatMap(format => format.extensions)
  return `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`
}
