/** Whether text begins with a byte order mark, which is no part of its first word. */
export function hasByteOrderMark(head: Uint8Array): boolean {
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf
}
