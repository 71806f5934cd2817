import { type Fault, option, say, WordloomError } from '../../errors.js'
import {
  faultOf as faultOfOption,
  fits,
  type NumbersOption,
  type Range,
  valuesOf,
} from '../../options/index.js'
import type { Flag } from './flags.js'

const patterns = { integer: /^[+-]?\d+$/, number: /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i }
const secondsIn = { ms: 0.001, s: 1, m: 60, h: 3600 } as const

/** Reads what stands behind a flag. Throws `usage` if it is nothing that the flag can be. */
export function readerOf(name: string, flag: Flag): (text: string) => unknown {
  return text => {
    const value = valueIn(flag, text)
    if (value !== undefined) return value
    throw new WordloomError('usage', faultOf(name, flag, text))
  }
}

function valueIn(flag: Flag, text: string): unknown {
  switch (flag.kind) {
    case 'integer':
    case 'number':
      return numberIn(flag, text)
    case 'numbers':
      return numbersIn(flag, text)
    case 'words':
      return partsOf(text).filter(word => word !== '')
    case 'time':
      return secondsOf(text)
    case 'file':
      return fileNamed(text)
    case 'texts':
      return text === '' ? undefined : text
    default:
      return fits(flag, text) ? text : undefined
  }
}

function faultOf(name: string, flag: Flag, text: string): Fault {
  const found = say`${option(name)} is "${text}"`
  if (flag.kind === 'time')
    return { found, expected: 'a time, such as 90s, 10m or 2h, or in seconds without a unit' }
  if (flag.kind === 'texts') return { found, expected: flag.areFiles ? 'a file name' : 'a word, or text' }
  if (flag.kind === 'file') return { found, expected: 'a file name' }
  if (flag.kind === 'numbers') return { found, expected: `${valuesOf(flag)}, with commas between them` }
  return faultOfOption(name, flag, text)
}

/** A number in decimal digits and nothing else: no "0x10", no "5px", no empty string. */
function numberIn(range: Range, text: string): number | undefined {
  const value = patterns[range.kind].test(text) ? Number(text) : Number.NaN
  return value >= range.min && value <= range.max ? value : undefined
}

function numbersIn({ each, least }: NumbersOption, text: string): number[] | undefined {
  const values = partsOf(text).map(part => numberIn(each, part))
  return values.length >= least && !values.includes(undefined) ? (values as number[]) : undefined
}

function partsOf(text: string): string[] {
  return text.split(',').map(part => part.trim())
}

function secondsOf(text: string): number | undefined {
  const [, number, unit = 's'] = /^(\d+\.?\d*|\.\d+) ?(ms|s|m|h)?$/.exec(text) ?? []
  const value = Number(number) * secondsIn[unit as keyof typeof secondsIn]
  return value > 0 ? value : undefined
}

function fileNamed(text: string): string | undefined {
  if (text !== 'utput') return text === '' ? undefined : text
  // "-output FILE" of word2vec and word2phrase is the short flag -o with the value "utput"
  throw new WordloomError('usage', {
    found: '-output has one dash',
    cure: say`write ${option('output')}, with two`,
  })
}
