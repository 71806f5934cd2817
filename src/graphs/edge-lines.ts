import { WordloomError } from '../errors.js'
import { looksLikeAdjacency } from './adjacency.js'
import { isBlank } from './columns.js'
import type { EdgeCollector } from './edge-collector.js'
import { EdgeLine, expected } from './edge-line.js'
import { MatrixMarket } from './matrix-market.js'

const HASH = 0x23
const PERCENT = 0x25
const WITH_COMMAS = /\.csv(\.gz|\.zst)?$/i
const HEADER = /^(source|src|from|from_?node|node_?1)(_?id)?\W+(target|dst|dest|to|to_?node|node_?2)(_?id)?$/i

const decoder = new TextDecoder()

/** The edges of a file, line by line. */
export class EdgeLines {
  readonly #file: string
  readonly #edges: EdgeCollector
  readonly #directed: boolean
  readonly #begin: number // the edge that its first one is
  readonly #line = new EdgeLine()
  #matrix: MatrixMarket | undefined
  #entries = 0
  #comments = 0
  #header: string | undefined
  #halfRead = 0 // edges with attributes besides the weight

  constructor(file: string, edges: EdgeCollector, directed: boolean) {
    this.#file = file
    this.#edges = edges
    this.#directed = directed
    this.#begin = edges.length
  }

  /** Takes a line without blanks at its ends. Throws `bad-data` if it should be an edge and is none. */
  take(line: Uint8Array, number: number): void {
    const place = { file: this.#file, line: number }
    if (number === 1) this.#matrix = MatrixMarket.begunBy(decoder.decode(line), place)
    if (line.length === 0 || (this.#matrix && number === 1 && line[0] === PERCENT)) return
    if (isComment(line) || (this.#matrix && line[0] === PERCENT)) this.#comments++
    else if (!this.#matrix?.takesSizes(line, place)) this.#takeEdge(line, number)
  }

  /** Throws `bad-data` if all lines together are something else; tells what was passed over. */
  finish(onWarning: (sentence: string) => void): void {
    const place = { file: this.#file }
    this.#matrix?.checkCount(this.#entries, place)
    if (
      !this.#matrix &&
      this.#entries <= this.#edges.nodes.size &&
      looksLikeAdjacency(this.#edges.edges(this.#begin))
    )
      throw new WordloomError('bad-data', {
        place,
        found: 'each line has a node and the nodes beside it, as in an adjacency list',
        expected,
        cure: 'write each edge on a line of its own',
      })
    const tell = (sentence: string) => onWarning(`${this.#file}: ${sentence}`)
    if (this.#comments > 0)
      tell(
        `passed over ${counted(this.#comments, 'line')} that ${this.#comments === 1 ? 'is a comment' : 'are comments'} (# or % in front)`,
      )
    if (this.#header !== undefined)
      tell(`took the first line, "${this.#header.replaceAll('\t', ' ')}", for a header`)
    if (this.#halfRead > 0)
      tell(`read no attributes but the weight, and ${counted(this.#halfRead, 'edge')} had others`)
  }

  #takeEdge(line: Uint8Array, number: number): void {
    const fault = this.#line.cut(line, WITH_COMMAS.test(this.#file))
    if (this.#entries === 0 && this.#header === undefined && !this.#matrix) {
      if (this.#isHeader()) {
        this.#header = decoder.decode(line)
        return
      }
      if (fault && isMarked(line)) {
        this.#comments++
        return
      }
    }
    if (fault) throw new WordloomError('bad-data', { ...fault, place: { file: this.#file, line: number } })
    this.#add(number)
  }

  #isHeader(): boolean {
    const { columns } = this.#line
    return columns.count >= 2 && HEADER.test(`${columns.text(0)} ${columns.text(1)}`)
  }

  #add(number: number): void {
    const { columns, weight, hasOthers } = this.#line
    const place = { file: this.#file, line: number }
    this.#matrix?.checkEntry([columns.text(0), columns.text(1)], place)
    const { nodes } = this.#edges
    const [from, to] = [0, 1].map(column =>
      nodes.add(columns.bytes, columns.starts[column], columns.ends[column]),
    )
    this.#edges.add(from!, to!, weight)
    if (this.#matrix?.isSymmetric && this.#directed && from !== to) this.#edges.add(to!, from!, weight)
    this.#entries++
    if (hasOthers) this.#halfRead++
  }
}

/** A node can begin with # or %, as hashtags do: a comment has a blank, or the mark once more, behind it. */
function isComment(line: Uint8Array): boolean {
  return isMarked(line) && (line.length === 1 || isBlank(line[1]!) || line[1] === line[0])
}

function isMarked(line: Uint8Array): boolean {
  return line[0] === HASH || line[0] === PERCENT
}

function counted(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`
}
