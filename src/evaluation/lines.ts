import { type Fault, WordloomError } from '../errors.js'
import { readBytes } from '../files/index.js'

/** A line of a question file that says something; `number` counts from 1. */
export interface FileLine {
  number: number
  text: string
}

/** The published sets have less than a megabyte. */
const MOST_BYTES = 1 << 28

/**
 * The lines of a question file, without blank ones and those that begin with `#` and a blank. Throws `bad-data` if
 * the file is not text or says nothing, `no-input` if it cannot be opened.
 */
export async function readLines(path: string): Promise<FileLine[]> {
  const lines = linesOf(path, await readWhole(path))
  if (lines.length === 0)
    throw new WordloomError('bad-data', {
      place: { file: path },
      found: 'the file is empty',
      expected: 'analogies or word pairs',
    })
  return lines
}

/** `bad-data` at a line. */
export function lineError(path: string, line: FileLine, fault: Fault): WordloomError {
  return new WordloomError('bad-data', { ...fault, place: { file: path, line: line.number } })
}

/** A line's beginning, quoted for an error. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
}

async function readWhole(path: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of readBytes(path)) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes > MOST_BYTES)
      throw new WordloomError('bad-data', {
        place: { file: path },
        found: 'the file is over 256 MB',
        expected: 'a question file of analogies or word pairs',
      })
  }
  const whole = new Uint8Array(bytes)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}

function linesOf(path: string, bytes: Uint8Array): FileLine[] {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const lines: FileLine[] = []
  for (let start = 0, number = 1; start < bytes.length; number++) {
    const newline = bytes.indexOf(0x0a, start)
    const end = newline < 0 ? bytes.length : newline
    const text = decode(decoder, bytes.subarray(start, end))
    if (text === undefined)
      throw new WordloomError('bad-data', {
        place: { file: path, line: number },
        found: 'this is not UTF-8 text',
        cure: 'convert it, or check that it is a question file',
      })
    if (text !== '' && !/^#(\s|$)/.test(text)) lines.push({ number, text })
    start = end + 1
  }
  return lines
}

function decode(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array): string | undefined {
  try {
    const text = decoder.decode(bytes)
    return text.includes('\0') ? undefined : text.trim()
  } catch {
    return undefined
  }
}
