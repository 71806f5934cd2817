import { isUtf16 } from './byte-order.js'
import { type ReadOptions, readBytes } from './read.js'
import { release } from './release.js'
import { INSPECTED_BYTES, TextCheck } from './text-check.js'

export interface TextOptions extends ReadOptions {
  /** The text is known to be UTF-16, and to be given as it is. */
  utf16?: boolean
}

/**
 * The bytes of a text file, decompressed, a byte order mark of UTF-8 included (it is whole in the first chunk).
 * A chunk is good until the next is asked for. Throws what TextCheck throws, unless the text is known to be UTF-16.
 */
export async function* readText(path: string, options: TextOptions = {}): AsyncGenerator<Uint8Array> {
  const check = options.utf16 ? undefined : new TextCheck(path)
  for await (const chunk of readBytes(path, options)) {
    check?.look(chunk)
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
