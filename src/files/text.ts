import { option, say, WordloomError } from '../errors.js'
import { type ReadOptions, readBytes } from './read.js'
import { release } from './release.js'

/** How much of a file is looked at to tell text from anything else. */
const INSPECTED_BYTES = 1 << 16

export interface TextOptions extends ReadOptions {
  /** The text is known to be UTF-16, and to be given as it is. */
  utf16?: boolean
}

/**
 * The bytes of a text file, decompressed, a byte order mark of UTF-8 included (it is whole in the first chunk).
 * A chunk is good until the next is asked for. Throws `bad-data` for UTF-16 unless it is expected, and where there
 * is a NUL in the first 64 KB: that is no text.
 */
export async function* readText(path: string, options: TextOptions = {}): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of readBytes(path, options)) {
    if (options.utf16) {
      yield chunk
      release(chunk)
      continue
    }
    if (bytes === 0 && isUtf16(chunk))
      throw new WordloomError('bad-data', {
        place: { file: path },
        found: 'this is UTF-16',
        expected: 'UTF-8',
        cure: say`read it with ${option('encoding', 'utf16')}, or convert it first (iconv -f UTF-16 -t UTF-8)`,
      })
    const nul = bytes < INSPECTED_BYTES ? chunk.subarray(0, INSPECTED_BYTES - bytes).indexOf(0) : -1
    if (nul >= 0)
      throw new WordloomError('bad-data', {
        place: { file: path, byte: bytes + nul },
        found: 'this byte is NUL, so this is not a text file',
        cure: 'extract or convert its text first',
      })
    bytes += chunk.length
    yield chunk
    release(chunk)
  }
}

/** Whether a file begins like one that holds no text: a NUL (unless it is UTF-16), or the mark of a PDF. */
export async function looksBinary(path: string): Promise<boolean> {
  let bytes = 0
  for await (const chunk of readBytes(path)) {
    if (bytes === 0 && isUtf16(chunk)) return false // text, which readText will ask to convert
    if (bytes === 0 && Buffer.from(chunk.subarray(0, 5)).toString('latin1') === '%PDF-') return true
    if (chunk.subarray(0, INSPECTED_BYTES - bytes).includes(0)) return true
    bytes += chunk.length
    if (bytes >= INSPECTED_BYTES) break
  }
  return false
}

function isUtf16(head: Uint8Array): boolean {
  return (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
}
