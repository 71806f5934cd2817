import { option, say, WordloomError } from '../errors.js'

/** Below this nothing is suspicious: 200 MB of one word over and over are a gzip file of 200 KB. */
const FREE_BYTES = 2 ** 30
/** The same for rows of numbers in columns, which unlike words differ from each other. */
export const FREE_BYTES_OF_ROWS = 2 ** 24
/** Past it, no text and no table of numbers unpacks to more than this many times its size. */
const MOST_TIMES = 1000
const MOST_BYTES = 2 ** 40

/**
 * The same bytes, as long as they are not too many for the compressed ones they came from (`packed` counts those read
 * until now); see `checkUnpacked`.
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
    checkUnpacked(bytes, packed(), name, { most })
    yield chunk
  }
}

/**
 * Throws `too-large` if there is too much content for the compressed bytes it came from: more than `most` if that is
 * given, else more than 1 TiB, or, past `free` bytes, more than a thousand times the compressed bytes. Without a bound a
 * small file can keep a machine busy for days.
 */
export function checkUnpacked(
  bytes: number,
  packed: number,
  name: string,
  { most, free = FREE_BYTES }: { readonly most?: number | undefined; readonly free?: number } = {},
): void {
  const bound = most ?? Math.min(MOST_BYTES, Math.max(free, MOST_TIMES * packed))
  if (bytes > bound) throw tooMuch(name, bound, packed, most !== undefined)
}

function tooMuch(name: string, bound: number, packed: number, isChosen: boolean): WordloomError {
  const [most, from] = [bound, packed].map(n => n.toLocaleString('en'))
  return new WordloomError('too-large', {
    place: { file: name },
    found: `${from} compressed bytes unpack to more than ${most}`,
    expected: isChosen
      ? say`at most ${option('maxDecompressed')}`
      : `at most ${MOST_TIMES.toLocaleString('en')} times the compressed bytes, more than text or numbers shrink`,
    cure: isChosen
      ? say`raise ${option('maxDecompressed')} if the file is to be trusted`
      : say`give ${option('maxDecompressed')} if the file is to be trusted`,
  })
}
