import type { Fault } from '../errors.js'
import { MAX_TOKEN_BYTES } from '../text/index.js'
import { Columns, type Separator, separatorsOf, startOfAttributes, trimmed } from './columns.js'

const COMMA = 0x2c
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
/** Of the attributes that networkx writes, {'weight': 0.5, 'kind': 'road'}. */
const WEIGHT = /(['"])weight\1\s*:\s*([^\s,}]+)/

const decoder = new TextDecoder()

/** What stands on a line. */
export const expected = '"from to" or "from to weight" on each line, with spaces, tabs or commas between'

/** One line as an edge, taken apart. */
export class EdgeLine {
  readonly columns = new Columns()
  /** It has attributes besides its weight. */
  hasOthers = false
  #weight: string | undefined

  /** Takes a line apart; gives what is wrong if it is no edge. */
  cut(line: Uint8Array, hasCommas: boolean): Fault | undefined {
    const at = startOfAttributes(line)
    const attributes = at > 0 ? decoder.decode(line.subarray(at)) : undefined
    const names = at > 0 ? withoutComma(trimmed(line.subarray(0, at))) : line
    const separators = separatorsOf(names)
    const [first, second] = hasCommas && separators[0] !== 'tab' ? (['comma'] as const) : separators
    const fault = this.#cutAt(names, first!, attributes)
    if (second === undefined) return fault
    const otherFault = this.#cutAt(names, second, attributes)
    if (!fault && !otherFault) return AMBIGUOUS
    return otherFault ? this.#cutAt(names, first!, attributes) : undefined
  }

  /** 1 if the line has none. */
  get weight(): number {
    return this.#weight === undefined ? 1 : numberOf(this.#weight)
  }

  #cutAt(names: Uint8Array, separator: Separator, attributes: string | undefined): Fault | undefined {
    const { columns } = this
    columns.cut(names, separator)
    this.#weight = attributes === undefined ? undefined : WEIGHT.exec(attributes)?.[2]
    this.hasOthers = attributes !== undefined && /\w/.test(attributes.replace(WEIGHT, ''))
    if (attributes === undefined && columns.count === 3 && columns.length(2) > 0)
      this.#weight = columns.text(2)
    return this.#faultOf(attributes === undefined ? 3 : 2)
  }

  #faultOf(most: number): Fault | undefined {
    const { columns } = this
    if (columns.count === 1) return { found: 'there is one column', expected }
    if (columns.count > most)
      return {
        found: most === 3 ? 'there are more than three columns' : 'there are more than two columns before {',
        expected,
        cure: 'if this is an adjacency list, write each of its edges on a line of its own',
      }
    for (let column = 0; column < 2; column++) {
      const length = columns.length(column)
      if (length === 0) return { found: `column ${column + 1} is empty`, expected }
      if (length > MAX_TOKEN_BYTES)
        return {
          found: `the node "${columns.text(column).slice(0, 40)}…" has ${length.toLocaleString('en')} bytes`,
          expected: `${MAX_TOKEN_BYTES.toLocaleString('en')} at most`,
        }
    }
    return this.weight > 0 && this.weight < Number.POSITIVE_INFINITY
      ? undefined
      : { found: `the weight is "${this.#weight}"`, expected: 'a number above 0' }
  }
}

const AMBIGUOUS: Fault = {
  found: 'blanks and commas could both part its columns',
  expected,
  cure: 'part them with tabs, or call the file .csv if commas part them',
}

function withoutComma(line: Uint8Array): Uint8Array {
  return line.at(-1) === COMMA ? line.subarray(0, -1) : line
}

function numberOf(text: string): number {
  return NUMBER.test(text) ? Number(text) : Number.NaN
}
