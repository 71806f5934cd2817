import { InvalidArgumentError } from 'commander'

/** What a number on the command line must be. */
export interface Range {
  readonly kind: 'integer' | 'number'
  readonly min: number
  readonly max: number
}

const patterns = { integer: /^[+-]?\d+$/, number: /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i }

/** Reads a number in decimal digits and nothing else: no "0x10", no "5px", no empty string. */
export function numberIn(range: Range): (text: string) => number {
  return text => {
    const value = patterns[range.kind].test(text) ? Number(text) : Number.NaN
    if (value >= range.min && value <= range.max) return value
    throw new InvalidArgumentError(`it must be ${describeRange(range)}`)
  }
}

/** A whole number from 1. */
export const positive = numberIn({ kind: 'integer', min: 1, max: 2 ** 31 })

const secondsIn = { ms: 0.001, s: 1, m: 60, h: 3600 } as const

/** A time in seconds: 90, 90s, 1.5m, 2h, 250ms. */
export function seconds(text: string): number {
  const [, number, unit = 's'] = /^(\d+\.?\d*|\.\d+) ?(ms|s|m|h)?$/.exec(text) ?? []
  const value = Number(number) * secondsIn[unit as keyof typeof secondsIn]
  if (value > 0) return value
  throw new InvalidArgumentError('it must be a time, such as 90s, 10m or 2h')
}

function describeRange({ kind, min, max }: Range): string {
  const noun = kind === 'integer' ? 'a whole number' : 'a number'
  return isUnbounded(max) ? `${noun} from ${min} up` : `${noun} from ${min} to ${max}`
}

/** Whether the upper end is there only because memory addresses end somewhere. */
export function isUnbounded(max: number): boolean {
  return max >= 2 ** 31 - 2
}

/** Two or more different numbers with commas between them, least first. */
export function listOf(number: (text: string) => number): (text: string) => number[] {
  return text => {
    const numbers = [...new Set(text.split(',').map(part => number(part.trim())))].sort((a, b) => a - b)
    if (numbers.length > 1) return numbers
    throw new InvalidArgumentError('it must be two different numbers or more, such as 1000,10000')
  }
}

/** Takes one of the names and nothing else. */
export function oneOf<Name extends string>(names: readonly Name[]): (text: string) => Name {
  return text => {
    const found = names.find(name => name === text)
    if (found !== undefined) return found
    throw new InvalidArgumentError(`it must be one of ${names.join(', ')}`)
  }
}
