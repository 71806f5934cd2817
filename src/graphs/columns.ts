const TAB = 0x09
const SPACE = 0x20
const COMMA = 0x2c
const QUOTE = 0x22
const OPENING = 0x7b // {
const CLOSING = 0x7d // }
/** An edge has fewer; it is enough to know that there are too many. */
const MOST = 5

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** What stands between the columns of a line. */
export type Separator = 'tab' | 'comma' | 'blank'

/** The columns of a line, as ranges of its bytes without the blanks around them. */
export class Columns {
  bytes: Uint8Array = new Uint8Array(0)
  /** Five if there are more. */
  count = 0
  readonly starts = new Int32Array(MOST)
  readonly ends = new Int32Array(MOST)

  /** Cuts a line. Tabs and commas part columns that may be empty; blanks in a row are one separator. */
  cut(line: Uint8Array, separator: Separator): void {
    if (separator === 'comma' && line.includes(QUOTE)) {
      this.cut(encoder.encode(unquoted(decoder.decode(line)).join('\t')), 'tab')
      return
    }
    this.bytes = line
    this.count = 0
    const code = { tab: TAB, comma: COMMA, blank: SPACE }[separator]
    let start = 0
    for (let at = 0; at <= line.length && this.count < MOST; at++) {
      if (at < line.length && (separator === 'blank' ? !isBlank(line[at]!) : line[at] !== code)) continue
      if (at > start || separator !== 'blank') this.#add(start, at)
      start = at + 1
    }
  }

  text(column: number): string {
    return decoder.decode(this.bytes.subarray(this.starts[column], this.ends[column]))
  }

  length(column: number): number {
    return this.ends[column]! - this.starts[column]!
  }

  #add(start: number, end: number): void {
    let [first, last] = [start, end]
    while (first < last && isBlank(this.bytes[first]!)) first++
    while (last > first && isBlank(this.bytes[last - 1]!)) last--
    this.starts[this.count] = first
    this.ends[this.count++] = last
  }
}

/** Space, tab, and the other white space of a line. */
export function isBlank(byte: number): boolean {
  return byte === SPACE || (byte >= TAB && byte <= 0x0d)
}

/** Without the blanks at both ends. */
export function trimmed(line: Uint8Array): Uint8Array {
  let start = 0
  let end = line.length
  while (start < end && isBlank(line[start]!)) start++
  while (end > start && isBlank(line[end - 1]!)) end--
  return line.subarray(start, end)
}

/** Where the attributes of an edge begin that networkx writes behind it, {'weight': 0.5}; −1 if there are none. */
export function startOfAttributes(line: Uint8Array): number {
  if (line.at(-1) !== CLOSING) return -1
  for (let at = line.indexOf(OPENING, 1); at > 0; at = line.indexOf(OPENING, at + 1))
    if (isBlank(line[at - 1]!) || line[at - 1] === COMMA) return at
  return -1
}

/**
 * What may part the columns of a line: tabs if it has any. Commas do if it has no other blanks than those behind them;
 * if it has, both may.
 */
export function separatorsOf(line: Uint8Array): readonly Separator[] {
  if (line.includes(TAB)) return ['tab']
  if (!line.includes(COMMA)) return ['blank']
  const isInName = (byte: number, at: number) =>
    isBlank(byte) && line[at - 1] !== COMMA && !isBlank(line[at - 1]!)
  return line.some(isInName) ? ['blank', 'comma'] : ['comma']
}

/** The fields of a line of comma-separated values (RFC 4180). */
function unquoted(line: string): string[] {
  const fields: string[] = []
  const pattern = /\s*(?:"((?:[^"]|"")*)"\s*|([^,]*))(?:,|$)/gy
  for (let match = pattern.exec(line); match; match = pattern.exec(line)) {
    fields.push((match[1]?.replaceAll('""', '"') ?? match[2]!).replaceAll('\t', ' '))
    if (pattern.lastIndex === line.length && !match[0].endsWith(',')) break
  }
  return fields
}
