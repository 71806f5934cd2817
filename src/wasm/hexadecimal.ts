/** Bytes from two hexadecimal digits each. */
export function decodeHexadecimal(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g)!, digits => Number.parseInt(digits, 16))
}
