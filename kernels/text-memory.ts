// Where everything lies: the buffers have their places, and the table of words takes what is behind them.

/** Bytes of the text at hand; a vector may be read from beyond its end. */
export const text: u32 = 1024
export const TEXT_BYTES: u32 = 65536

/** One word, lower-cased or handed in from outside. */
export const word: u32 = text + TEXT_BYTES + 64
/** Longer words are no words; the scanners of TypeScript skip and count them. */
export const LONGEST_WORD: u32 = 1000

/** Tokens that wait to be looked up. */
export const BATCH: u32 = 64
export const batch: u32 = word + 2048

/** i32 each: room for what the text at hand gives, and for what was begun before. */
export const ids: u32 = batch + BATCH * 32
const IDS: u32 = TEXT_BYTES + 8192

/** By character below U+10000: its kind (u8), its lower case (u16). Written at the first one that is not ASCII. */
export const kinds: u32 = ids + IDS * 4
export const lowerCases: u32 = kinds + 65536

/** The first byte of the table of words. */
export const table: u32 = lowerCases + 2 * 65536

const PAGE: u64 = 65536

/** Has the memory reach up to `end`, and somewhat further; traps if there is no more. */
export function reach(end: u64): void {
  const pages = <u64>memory.size()
  const needed = (end + PAGE - 1) / PAGE
  if (needed <= pages) return
  const roomy = min<u64>(65536, needed + pages / 8)
  if (needed > 65536) unreachable()
  if (memory.grow(<i32>(roomy - pages)) < 0 && memory.grow(<i32>(needed - pages)) < 0) unreachable()
}
