import { stopIfAborted } from '../abort.js'
import { type Place, WordloomError } from '../errors.js'
import { findFiles, hasByteOrderMark, readText } from '../files/index.js'
import { completed, flag, type OptionTable } from '../options/index.js'
import { scannerFor, type TokenSink } from '../text/index.js'
import { TokenBytes, WordTable } from '../text/inner.js'
import { Graph } from './graph.js'

/** An edge: from, to, and its weight (1 if not given). */
export type Edge = readonly [from: string, to: string, weight?: number]

/** Paths, globs and '-' of edge lists, plain, .gz or .zst; or edges. */
export type EdgeSource = string | readonly string[] | Iterable<Edge> | AsyncIterable<Edge>

export interface ReadGraphOptions {
  /** Edges that lead one way only. True or false; default false. */
  readonly directed?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

/** Every option of reading a graph: types, defaults, flags and help. */
export const graphOptionTable = {
  directed: flag('edges that lead one way only'),
} as const satisfies OptionTable<Exclude<keyof ReadGraphOptions, 'signal'>>

/**
 * Reads edges: in a file one a line, `from to` or `from to weight`, with spaces or tabs between; lines that begin with
 * # or % are comments. Throws `no-input`, `usage`, and `bad-data` with the file and line of what is no edge.
 */
export async function readGraph(source: EdgeSource, options: ReadGraphOptions = {}): Promise<Graph> {
  const { directed } = completed(graphOptionTable, options, ACTION)
  const edges = new EdgeCollector()
  if (typeof source === 'string' || isPaths(source)) {
    for (const { path } of await findFiles(source)) await readFile(path, edges, options.signal)
    if (edges.length === 0)
      throw new WordloomError('bad-data', {
        place: { file: [source].flat()[0] },
        found: 'there is no edge in it',
        expected: expected,
      })
  } else {
    await takeAll(source, edges, options.signal)
    if (edges.length === 0)
      throw new WordloomError('bad-data', {
        action: ACTION,
        found: 'there are no edges',
        expected: 'at least one',
      })
  }
  return new Graph(edges.finish(), directed)
}

const ACTION = 'read a graph'
const expected = '"from to" or "from to weight" on each line, with spaces or tabs between'

function isPaths(source: EdgeSource): source is readonly string[] {
  return Array.isArray(source) && source.length > 0 && source.every(path => typeof path === 'string')
}

async function readFile(path: string, edges: EdgeCollector, signal: AbortSignal | undefined): Promise<void> {
  const scanner = scannerFor('whitespace', new EdgeLines(path, edges))
  let first = true
  for await (const chunk of readText(path)) {
    scanner.write(first && hasByteOrderMark(chunk) ? chunk.subarray(3) : chunk)
    first = false
    stopIfAborted(signal)
  }
  scanner.end()
}

async function takeAll(
  source: Iterable<Edge> | AsyncIterable<Edge>,
  edges: EdgeCollector,
  signal: AbortSignal | undefined,
): Promise<void> {
  const bytes = new TokenBytes()
  for await (const edge of source) {
    const place = { part: `edge ${edges.length + 1}` }
    if (!Array.isArray(edge) || edge.length < 2 || edge.length > 3)
      throw new WordloomError('usage', {
        place: place,
        found: 'it is not an array of two or three',
        expected: '[from, to] or [from, to, weight]',
      })
    const [from, to] = [edge[0], edge[1]].map(name => {
      const length = typeof name === 'string' ? bytes.write(name) : 0
      if (length > 0) return edges.nodes.add(bytes.bytes, 0, length)
      throw new WordloomError('usage', {
        place: place,
        found: `a node is ${shown(name)}`,
        expected: 'a string of 1 to 1,000 bytes',
      })
    })
    edges.add(from!, to!, edge[2] ?? 1, place)
    stopIfAborted(signal)
  }
}

function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : typeof value
}

const decoder = new TextDecoder()

/** Takes the columns of each line. */
class EdgeLines implements TokenSink {
  readonly #path: string
  readonly #edges: EdgeCollector
  readonly #columns: string[] = []
  readonly #nodes = new Int32Array(2)
  #line = 1
  #isComment = false

  constructor(path: string, edges: EdgeCollector) {
    this.#path = path
    this.#edges = edges
  }

  token(bytes: Uint8Array, start: number, end: number): void {
    const column = this.#columns.length
    if (column === 0 && (bytes[start] === 0x23 || bytes[start] === 0x25)) this.#isComment = true
    if (this.#isComment || column > 3) return
    if (column < 2) this.#nodes[column] = this.#edges.nodes.add(bytes, start, end)
    this.#columns.push(column < 2 ? '' : decoder.decode(bytes.subarray(start, end)))
  }

  endSentence(): void {
    const count = this.#columns.length
    const place = { file: this.#path, line: this.#line }
    if (count === 1 || count > 3)
      throw new WordloomError('bad-data', {
        place: place,
        found: count === 1 ? 'there is one column' : 'there are more than three columns',
        expected: expected,
      })
    const weight = count === 3 ? numberOf(this.#columns[2]!) : 1
    if (count > 0) this.#edges.add(this.#nodes[0]!, this.#nodes[1]!, weight, place, this.#columns[2])
    this.#columns.length = 0
    this.#isComment = false
    this.#line++
  }
}

function numberOf(text: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN
}

/** Edges in memory that grows, weights only once one is not 1. */
class EdgeCollector {
  readonly nodes = new WordTable()
  length = 0
  #ends = new Int32Array(1 << 12)
  #weights: Float64Array | undefined

  add(from: number, to: number, weight: number, place: Place, text = String(weight)): void {
    if (!(weight > 0 && weight < Number.POSITIVE_INFINITY))
      throw new WordloomError('bad-data', {
        place: place,
        found: `the weight is "${text}"`,
        expected: 'a number above 0',
      })
    if (2 * this.length === this.#ends.length) this.#grow()
    this.#ends[2 * this.length] = from
    this.#ends[2 * this.length + 1] = to
    if (weight !== 1 && !this.#weights) this.#weights = new Float64Array(this.#ends.length / 2).fill(1)
    if (this.#weights) this.#weights[this.length] = weight
    this.length++
  }

  finish() {
    const column = (c: number) => Int32Array.from({ length: this.length }, (_, e) => this.#ends[2 * e + c]!)
    const weights = this.#weights?.subarray(0, this.length)
    return { nodes: this.nodes, from: column(0), to: column(1), weights }
  }

  #grow(): void {
    const ends = new Int32Array(2 * this.#ends.length)
    ends.set(this.#ends)
    this.#ends = ends
    if (!this.#weights) return
    const weights = new Float64Array(ends.length / 2)
    weights.set(this.#weights)
    this.#weights = weights
  }
}
