/** Vectors as they are sent. */
export const encodings = ['float', 'base64'] as const

/** Bytes of a number, with the comma behind it: -1.23456789e-10, and four thirds of four. */
export const mostBytes: Readonly<Record<(typeof encodings)[number], number>> = { float: 15, base64: 6 }

/** The fewest digits, 6 to 9, that are read as the same float32: a third fewer bytes than those of float64. */
export function digitsOf(vector: Float32Array): number[] {
  return Array.from(vector, shortest)
}

/** Float32, least byte first. */
export function base64Of(vector: Float32Array): string {
  const bytes = new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength)
  return typeof Buffer === 'undefined'
    ? btoa(latin1(bytes))
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')
}

function shortest(x: number): number {
  const size = Math.abs(x)
  if (size < 1e-10 || size > 1e10) return size === 0 ? 0 : Number(x.toPrecision(9))
  const places = 6 - Math.ceil(Math.log10(size))
  for (let digits = 0; digits < 3; digits++) {
    const scale = 10 ** (places + digits)
    const rounded = Math.round(x * scale) / scale
    if (Math.fround(rounded) === x) return rounded
  }
  return Number(x.toPrecision(9))
}

const AT_ONCE = 8_192

function latin1(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += AT_ONCE)
    text += String.fromCharCode(...bytes.subarray(i, i + AT_ONCE))
  return text
}
