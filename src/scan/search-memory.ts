import { option, say, sizeOf, WordloomError } from '../errors.js'
import { paddedStride } from '../math/index.js'
import {
  allocateShareable,
  type Memory,
  MOST_PAGES,
  PAGE_BYTES,
  refuseBeyondContainer,
} from '../wasm/index.js'
import { QUERIES_PLACED } from './query-groups.js'

/** The kernel takes this many queries in one pass over the rows. */
export const QUERIES_AT_ONCE = 6

/** Rows scored in one call of the kernel: few enough that their scores stay in the cache. */
export const ROWS_AT_ONCE = 4096

/** Threads that may scan one memory beside the one that made it: more find no more bytes to read. */
export const MOST_THREADS = 8

/** Where each part of the memory starts, in bytes; `end` is its size. */
export interface Places {
  queries: number
  scores: number
  rows: number
  norms: number
  end: number
}

export function placesOf(rows: number, columns: number, slot = 0): Places {
  const stride = paddedStride(columns)
  const queryBytes = QUERIES_PLACED * stride * 4
  const slotBytes = queryBytes + QUERIES_AT_ONCE * ROWS_AT_ONCE * 4
  const start = (1 + MOST_THREADS) * slotBytes
  const norms = start + rows * stride * 4
  const queries = slot * slotBytes
  return { queries, scores: queries + queryBytes, rows: start, norms, end: norms + rows * 4 }
}

export function pagesFor(rows: number, columns: number): number {
  return Math.ceil(placesOf(rows, columns).end / PAGE_BYTES)
}

export function fits(rows: number, columns: number): boolean {
  return pagesFor(rows, columns) <= MOST_PAGES
}

/** Throws `too-large` if rows × columns cannot be addressed. */
export function checkFits(rows: number, columns: number): void {
  if (fits(rows, columns)) return
  const rowBytes = paddedStride(columns) * 4 + 4
  const fitting = Math.floor((MOST_PAGES * PAGE_BYTES - placesOf(0, columns).end) / rowBytes)
  throw new WordloomError('too-large', {
    action: 'hold the vectors',
    found: `${plain(rows)} words × ${plain(columns)} dimensions × 4 bytes are ${sizeOf(rows * columns * 4)}`,
    expected: 'at most 4 GiB',
    cure:
      fitting > 0
        ? say`load fewer words: ${option('limit')} of ${String(fitting)} or less fits`
        : 'take fewer dimensions: not even one word fits',
  })
}

/** The same if the container of this process has no room for what is not there yet, from `before` bytes on. */
export function checkRoom(rows: number, columns: number, before = 0): void {
  checkFits(rows, columns)
  refuseBeyondContainer(placesOf(rows, columns).end - before, {
    action: 'hold the vectors',
    found: `${plain(rows)} words × ${plain(columns)} dimensions need ${sizeOf(placesOf(rows, columns).end)}`,
    cure: say`load fewer words with ${option('limit')}, or give the container more memory`,
  })
}

export function requestMemory(rows: number, columns: number): Memory {
  checkRoom(rows, columns)
  try {
    return allocateShareable(pagesFor(rows, columns))
  } catch (cause) {
    throw outOfMemory(rows, columns, cause)
  }
}

/** The error for a matrix that fits in 4 GiB but not in this machine. */
export function outOfMemory(rows: number, columns: number, cause: unknown): WordloomError {
  return new WordloomError(
    'too-large',
    {
      action: 'hold the vectors',
      found: `this machine does not have the ${sizeOf(placesOf(rows, columns).end)} that ${plain(rows)} words × ${plain(columns)} dimensions need`,
      cure: say`load fewer words with ${option('limit')}`,
    },
    { cause },
  )
}

function plain(n: number): string {
  return n.toLocaleString('en')
}
