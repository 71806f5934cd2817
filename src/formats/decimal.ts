/** Numbers as text, both ways, without a string for each where that can be spared. */

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

/** The shortest decimal that reads back as the same float32. */
export function formatFloat32(x: number): string {
  const magnitude = Math.abs(x)
  if (magnitude >= 1e-5 && magnitude < 1e7) {
    let exponent = 6 // of ten, of the leading digit
    while (magnitude < (exponent < 0 ? 1 / POWERS[-exponent]! : POWERS[exponent]!)) exponent--
    for (let digits = 6; digits <= 9; digits++) {
      const scale = Math.max(0, digits - 1 - exponent)
      const mantissa = Math.round(magnitude * POWERS[scale]!)
      if (Math.fround(mantissa / POWERS[scale]!) === magnitude)
        return (x < 0 ? '-' : '') + withPoint(mantissa, scale)
    }
  }
  return formatRare(x)
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

/** mantissa / 10^scale in digits, without zeros at the end. */
function withPoint(mantissa: number, scale: number): string {
  while (scale > 0 && mantissa % 10 === 0) {
    mantissa /= 10
    scale--
  }
  if (scale === 0) return String(mantissa)
  const digits = String(mantissa).padStart(scale + 1, '0')
  return `${digits.slice(0, -scale)}.${digits.slice(-scale)}`
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
