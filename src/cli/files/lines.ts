import { eachLine, readText } from '../../files/index.js'

/** Gives `take` each line of a text, however long, without the characters that end it. Throws `no-input`. */
export async function eachLineOf(path: string, take: (line: string) => void): Promise<void> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true }) // the mark at the beginning is off already
  const lined = { file: path, longest: Number.POSITIVE_INFINITY, expected: 'a line of text' }
  await eachLine(readText(path), lined, line => take(decoder.decode(line)))
}
