import { eachLine, readText } from '../../files/index.js'
import { isUtf16, type TextEncodingName } from '../../text/index.js'
import { incoming } from '../../text/inner.js'
import { warn } from '../terminal/terminal.js'

/** Gives `take` each line of a text, however long, without the characters that end it. Throws `no-input`. */
export async function eachLineOf(
  path: string,
  encoding: TextEncodingName,
  take: (line: string) => void,
): Promise<void> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true }) // the mark at the beginning is off already
  const lined = { file: path, longest: Number.POSITIVE_INFINITY, expected: 'a line of text' }
  const name = path === '-' ? 'standard input' : path
  const text = incoming(readText(path, { utf16: isUtf16(encoding) }), encoding, name, warn)
  await eachLine(text, lined, line => take(decoder.decode(line)))
}
