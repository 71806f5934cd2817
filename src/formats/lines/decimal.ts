/** Numbers as text, both ways, without a string for each if that can be spared. */

/** 10⁰ … 10²², all exact in float64; dividing an integer by one of them rounds as reading its decimal would. */
const POWERS = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
  1e20, 1e21, 1e22,
]

/**
 * The number that bytes[start…end) spell in decimal, as `-1.5e-3`; NaN for anything else, hexadecimal, `nan`,
 * `inf`, and `1.5abc` among it. May be infinite where the number is too large.
 */
export function parseDecimal(bytes: Uint8Array, start: number, end: number): number {
  let i = start
  const negative = bytes[i] === 0x2d
  if (negative || bytes[i] === 0x2b) i++
  const whole = i
  let mantissa = 0
  for (; i < end && isDigit(bytes[i]!); i++) mantissa = mantissa * 10 + bytes[i]! - 0x30
  let digits = i - whole
  let scale = 0
  if (i < end && bytes[i] === 0x2e) {
    const fraction = ++i
    for (; i < end && isDigit(bytes[i]!); i++) mantissa = mantissa * 10 + bytes[i]! - 0x30
    digits += i - fraction
    scale = fraction - i
  }
  if (digits === 0) return Number.NaN
  if (i < end) {
    const exponent = parseExponent(bytes, i, end)
    if (Number.isNaN(exponent)) return exponent
    scale += exponent
  }
  if (mantissa > Number.MAX_SAFE_INTEGER || scale < -22 || scale > 22) return slowly(bytes, start, end)
  const value = scale < 0 ? mantissa / POWERS[-scale]! : mantissa * POWERS[scale]!
  return negative ? -value : value
}

/** No float32 takes more bytes than this as text. */
export const LONGEST_FLOAT32 = 24

/**
 * Writes the shortest decimal that reads back as the same float32 into `target` from `at`; gives where it ends.
 * A float32 lies within 2⁻²⁴ of such a decimal, less than a unit of the seventh digit: if seven digits do, so may six, and
 * these hold every shorter decimal. Nine always suffice.
 */
export function writeFloat32(x: number, target: Uint8Array, at: number): number {
  const magnitude = Math.abs(x)
  if (!(magnitude >= 1e-5 && magnitude < 1e7)) return writeAscii(formatRare(x), target, at)
  let exponent = 6 // of ten, of the leading digit
  while (magnitude < (exponent < 0 ? 1 / POWERS[-exponent]! : POWERS[exponent]!)) exponent--
  const seven = 6 - exponent
  for (let scale = seven; scale <= seven + 2; scale++) {
    if (!holds(scale, magnitude)) continue
    const least = scale === seven && scale > 0 && holds(scale - 1, magnitude) ? scale - 1 : scale
    if (x < 0) target[at++] = 0x2d
    return writeWithPoint(Math.round(magnitude * POWERS[least]!), least, target, at)
  }
  return writeAscii(formatRare(x), target, at)
}

/** Whether so many digits behind the point read back as the same float32. */
function holds(scale: number, magnitude: number): boolean {
  return Math.fround(Math.round(magnitude * POWERS[scale]!) / POWERS[scale]!) === magnitude
}

/** `writeFloat32` as a string. */
export function formatFloat32(x: number): string {
  const bytes = new Uint8Array(LONGEST_FLOAT32)
  return String.fromCharCode(...bytes.subarray(0, writeFloat32(x, bytes, 0)))
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}

/** The number in `e-12`, which must fill bytes[start…end), else NaN. */
function parseExponent(bytes: Uint8Array, start: number, end: number): number {
  if ((bytes[start]! | 0x20) !== 0x65) return Number.NaN
  let i = start + 1
  const negative = bytes[i] === 0x2d
  if (negative || bytes[i] === 0x2b) i++
  if (i >= end) return Number.NaN
  let exponent = 0
  for (; i < end; i++) {
    if (!isDigit(bytes[i]!)) return Number.NaN
    exponent = Math.min(exponent * 10 + bytes[i]! - 0x30, 1_000_000)
  }
  return negative ? -exponent : exponent
}

function slowly(bytes: Uint8Array, start: number, end: number): number {
  let text = ''
  for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i]!)
  return Number(text)
}

/** Writes mantissa / 10^scale, for a mantissa of at most 10⁹, without zeros at the end. */
function writeWithPoint(mantissa: number, scale: number, target: Uint8Array, at: number): number {
  let rest = mantissa | 0
  while (scale > 0 && rest % 10 === 0) {
    rest = (rest / 10) | 0
    scale--
  }
  const length = Math.max(digitsOf(rest), scale + 1) + (scale > 0 ? 1 : 0)
  const point = scale > 0 ? at + length - 1 - scale : -1
  for (let i = at + length - 1; i >= at; i--) {
    if (i === point) {
      target[i] = 0x2e
      continue
    }
    const shorter = (rest / 10) | 0
    target[i] = 0x30 + rest - shorter * 10
    rest = shorter
  }
  return at + length
}

function digitsOf(whole: number): number {
  let digits = 1
  while (digits < 10 && whole >= POWERS[digits]!) digits++
  return digits
}

function writeAscii(text: string, target: Uint8Array, at: number): number {
  for (let i = 0; i < text.length; i++) target[at + i] = text.charCodeAt(i)
  return at + text.length
}

/** Zeros, the very large and the very small. */
function formatRare(x: number): string {
  if (x === 0) return Object.is(x, -0) ? '-0' : '0'
  for (let digits = 1; digits <= 9; digits++) {
    const value = Number(x.toPrecision(digits))
    if (Math.fround(value) === x) return String(value)
  }
  return String(x)
}
