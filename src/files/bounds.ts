import { WordloomError } from '../errors.js'

/** Below this nothing is suspicious: 200 MB of one word over and over are a gzip file of 200 KB. */
const FREE_BYTES = 2 ** 30
/** Past it, what unpacks to more than so many times its size is no text and no numbers. */
const MOST_TIMES = 1000
const MOST_BYTES = 2 ** 40

/**
 * The same bytes, as long as they are not too many for the compressed ones they came from (`packed` tells them so
 * far); see `checkUnpacked`.
 */
export async function* withinBounds(
  content: AsyncIterable<Uint8Array>,
  packed: () => number,
  name: string,
  most?: number,
): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of content) {
    bytes += chunk.length
    checkUnpacked(bytes, packed(), name, most)
    yield chunk
  }
}

/**
 * Throws `too-large` where content is too much for the compressed bytes it came from: more than `most`, where that
 * is given, else than 1 TiB, and past 1 GiB than a thousand times the compressed ones. A small file can otherwise
 * keep a machine busy for days.
 */
export function checkUnpacked(bytes: number, packed: number, name: string, most?: number): void {
  const bound = most ?? Math.min(MOST_BYTES, Math.max(FREE_BYTES, MOST_TIMES * packed))
  if (bytes > bound) throw tooMuch(name, bound, packed, most !== undefined)
}

function tooMuch(name: string, bound: number, packed: number, isChosen: boolean): WordloomError {
  const [most, from] = [bound, packed].map(n => n.toLocaleString('en'))
  const reason = isChosen
    ? `maxDecompressed is ${bound}`
    : `no text or table of numbers shrinks so much; if it is meant, maxDecompressed allows more`
  return new WordloomError(
    'too-large',
    `${name}: ${from} compressed bytes unpack to more than ${most}; ${reason}`,
  )
}
