/*
 * Engines have exponentials of their own, whose last digits differ. These are made of + − × ÷ and of powers of two, and
 * give the same numbers everywhere, to about one unit in the last place.
 */

const LOG_2 = Math.LN2
/** ln 2 as a number whose products with whole numbers up to 2²⁰ are exact, and the rest. */
const LOG_2_HIGH = 0.6931471803691238
const LOG_2_LOW = 1.9082149292705877e-10
/** Past these, e to that power is infinite, or zero. */
const MOST = 709.782712893384
const LEAST = -745.1332191019412
/** Powers of a number below ½ ln 2 after which nothing is left to add. */
const EXP_TERMS = 14
/** Odd powers of a number below (√2 − 1) ÷ (√2 + 1). */
const LOG_TERMS = 23
/** Lifts the smallest numbers to where they have all their digits. */
const LIFT = 2 ** 54

const words = new Uint32Array(2)
const value = new Float64Array(words.buffer)
/** Which half has the exponent. */
const HIGH = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0
const BIAS = 1023

/** e to the power x. */
export function exp(x: number): number {
  if (!(x <= MOST)) return x > MOST ? Number.POSITIVE_INFINITY : Number.NaN
  if (x < LEAST) return 0
  const doublings = Math.round(x / LOG_2)
  const rest = x - doublings * LOG_2_HIGH - doublings * LOG_2_LOW
  let sum = 1
  for (let n = EXP_TERMS; n > 0; n--) sum = 1 + (sum * rest) / n
  const half = doublings >> 1 // in two steps: 2¹⁰²⁴ is no number
  return sum * powerOfTwo(half) * powerOfTwo(doublings - half)
}

/** The natural logarithm. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN
  if (x === Number.POSITIVE_INFINITY) return x
  const lifted = x < 2 ** -1022
  value[0] = lifted ? x * LIFT : x
  let doublings = (words[HIGH]! >>> 20) - BIAS - (lifted ? 54 : 0)
  words[HIGH] = (words[HIGH]! & 0xfffff) | (BIAS << 20)
  let part = value[0]
  if (part > Math.SQRT2) {
    part /= 2
    doublings++
  }
  const s = (part - 1) / (part + 1)
  const square = s * s
  let sum = 0
  for (let n = LOG_TERMS; n > 1; n -= 2) sum = (sum + 1 / n) * square
  return doublings * LOG_2_HIGH + (2 * s * (1 + sum) + doublings * LOG_2_LOW)
}

/** x to the power y, for x from 0 up. */
export function pow(x: number, y: number): number {
  return x === 0 && y > 0 ? 0 : exp(y * log(x))
}

/** 2 to a whole power from −1022 to 1023. */
function powerOfTwo(power: number): number {
  words[1 - HIGH] = 0
  words[HIGH] = (power + BIAS) << 20
  return value[0]!
}
