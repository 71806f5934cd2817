import { WordloomError } from '../../errors.js'
import { hasByteOrderMark, readBytes } from '../../files/index.js'

/** The lines of a file that are not blank, byte for byte, as words are. Throws `no-input`, and `bad-data` if there are none. */
export async function readWords(path: string): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = []
  for await (const chunk of readBytes(path)) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  const words = [...linesIn(hasByteOrderMark(bytes) ? bytes.subarray(3) : bytes)].filter(
    line => !isBlank(line),
  )
  if (words.length > 0) return words
  throw new WordloomError('bad-data', {
    place: { file: path },
    found: 'no word is in it',
    expected: 'words, one a line',
  })
}

function* linesIn(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(0x0a, start)
    const end = newline < 0 ? bytes.length : newline
    yield bytes.subarray(start, end > start && bytes[end - 1] === 0x0d ? end - 1 : end)
    start = end + 1
  }
}

/** Other blanks, such as one that does not break, are words of published files. */
function isBlank(line: Uint8Array): boolean {
  return line.every(byte => byte === 0x20 || byte === 0x09)
}
