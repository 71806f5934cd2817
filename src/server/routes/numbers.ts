/** Vectors as they are sent. */
export const encodings = ['float', 'base64'] as const

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

/** 10⁰ to 10²², which float64 has exactly. */
const powers = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`))

function shortest(x: number): number {
  const size = Math.abs(x)
  if (size === 0) return 0
  if (size > 1e-10 && size < 1e6) {
    const places = placesOf(size)
    for (let more = 0; more < 3; more++) {
      const scale = powers[places + more]!
      const rounded = Math.round(x * scale) / scale
      if (Math.fround(rounded) === x) return rounded
    }
  }
  return Number(x.toPrecision(9))
}

/** Decimal places that give a number six digits. */
function placesOf(size: number): number {
  let places = 6
  for (let bound = 1; size >= bound && places > 0; bound *= 10) places--
  for (let bound = 0.1; size < bound && places < 18; bound /= 10) places++
  return places
}

const AT_ONCE = 8_192

function latin1(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += AT_ONCE)
    text += String.fromCharCode(...bytes.subarray(i, i + AT_ONCE))
  return text
}
