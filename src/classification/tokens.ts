/** The mark for the end of a line, a word with a row of its own. */
export const END_OF_LINE = new TextEncoder().encode('</s>')

/** Where each token of a line begins and ends, as fastText cuts it. */
export function visitTokens(bytes: Uint8Array, visit: (start: number, end: number) => void): void {
  let start = 0
  for (let i = 0; i <= bytes.length; i++) {
    if (i < bytes.length && !parts(bytes[i]!)) continue
    if (i > start) visit(start, i)
    start = i + 1
  }
}

/** Space, tab, line feed, \v, \f, carriage return and NUL; no other blank of Unicode. */
function parts(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0
}
