import { element } from './element.js'

/** How many digits after the point numbers get by default. */
export const DIGITS = 3

/** A number as people read it: a true minus sign, no minus zero, and powers of ten where digits would all be zero. */
export function shown(value: number, digits = DIGITS): string {
  if (value === 0) return (0).toFixed(digits)
  const text =
    Math.abs(value) < 0.5 * 10 ** -digits || Math.abs(value) >= 1e5
      ? value.toExponential(1)
      : value.toFixed(digits)
  return text.replace('e+', 'e').replaceAll('-', '−')
}

/** With so many digits any two numbers of a page are told apart, unless they are as good as equal. */
const MOST_DIGITS = 12

/** How many digits two numbers need that they look different, if they are; at least those asked for. */
export function digitsApart(a: number, b: number, digits = DIGITS): number {
  let enough = digits
  while (enough < MOST_DIGITS && a !== b && shown(a, enough) === shown(b, enough)) enough++
  return enough
}

/** The same with its sign always there. */
export function signed(value: number, digits = DIGITS): string {
  return value > 0 ? `+${shown(value, digits)}` : shown(value, digits)
}

/** A number on the page: rounded to read, and whole, all 17 digits of it, in the element's value. */
export function figure(value: number, digits = DIGITS, text = shown(value, digits)): HTMLDataElement {
  return element('data', { value: String(value), title: String(value) }, text)
}

/** 1 → "once", 2 → "twice", 3 → "3 times". */
export function times(count: number): string {
  return ['never', 'once', 'twice'][count] ?? `${count} times`
}
