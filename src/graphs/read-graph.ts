import { stopIfAborted } from '../abort.js'
import { WordloomError } from '../errors.js'
import { eachLine, findFiles, readText } from '../files/index.js'
import { type Complete, checkNames, completed, flag, kindOf, type OptionTable } from '../options/index.js'
import { encodingOption, isUtf16, recoded, type TextEncodingName } from '../text/index.js'
import { TokenBytes } from '../text/inner.js'
import { trimmed } from './columns.js'
import { EdgeCollector } from './edge-collector.js'
import { expected } from './edge-line.js'
import { EdgeLines } from './edge-lines.js'
import { Graph } from './graph.js'

/** An edge: from, to, and its weight (1 if not given). */
export type Edge = readonly [from: string, to: string, weight?: number]

/** Paths, globs and '-' of edge lists, plain, .gz or .zst; or edges. */
export type EdgeSource = string | readonly string[] | Iterable<Edge> | AsyncIterable<Edge>

export interface ReadGraphOptions {
  /** Edges that lead one way only. True or false; default false. */
  readonly directed?: boolean | undefined
  /**
   * Encoding of the text: bytes: UTF-8, keeping badly encoded bytes as they are; strict: UTF-8, refusing
   * badly encoded text; utf16: little-endian unless a byte order mark says otherwise; or any label of the
   * Encoding Standard, such as latin1, windows-1251, gbk, big5, shift_jis or euc-kr; default 'bytes'.
   */
  readonly encoding?: TextEncodingName | undefined
  readonly signal?: AbortSignal | undefined
  /** Called with a sentence for each kind of line that was passed over: comments, a header, attributes. */
  readonly onWarning?: ((sentence: string) => void) | undefined
}

/** Every option of reading a graph: types, defaults, flags and help. */
export const graphOptionTable = {
  directed: flag('edges that lead one way only'),
  encoding: encodingOption,
} as const satisfies OptionTable<Exclude<keyof ReadGraphOptions, 'signal' | 'onWarning'>>

/**
 * Reads edges: in a file one a line, `from to` or `from to weight`. Tabs part the columns of a line that has any (so
 * that names may have blanks), else blanks, or commas if there are no blanks or the file is a .csv. What networkx
 * writes is read with the weights, and Matrix Market files are read by their header. A line that begins with # or %
 * and a blank is a comment; so is, before the first edge, any line that begins so and is no edge. Throws `no-input`,
 * `usage`, and `bad-data` with the file and line of what is no edge.
 */
export async function readGraph(source: EdgeSource, options: ReadGraphOptions = {}): Promise<Graph> {
  checkNames(graphOptionTable, options, ['signal', 'onWarning'], ACTION)
  const { directed, encoding } = completed(graphOptionTable, options, ACTION)
  const edges = new EdgeCollector()
  if (typeof source === 'string' || isPaths(source)) {
    const warn = options.onWarning ?? (() => {})
    const skip = (path: string, reason: string) => warn(`${path} was passed over: ${reason}`)
    for (const { path } of await findFiles(source, skip))
      await readFile(path, edges, { ...options, directed, encoding })
    if (edges.length === 0)
      throw new WordloomError('bad-data', {
        place: { file: [source].flat()[0] },
        found: 'there is no edge in it',
        expected,
      })
  } else {
    if (!isIterable(source))
      throw new WordloomError('usage', {
        action: ACTION,
        found: `it is given as ${kindOf(source)}`,
        expected: 'the path of a file, an array of paths, or an iterable of edges',
      })
    await takeAll(source, edges, options.signal)
    if (edges.length === 0)
      throw new WordloomError('bad-data', {
        action: ACTION,
        found: 'there are no edges',
        expected: 'at least one',
      })
  }
  return new Graph(edges.edges(), directed)
}

const ACTION = 'read a graph'
/** A node with many others beside it can fill a long line, which is to be refused by what it is. */
const LONGEST_LINE = 1 << 20

function isPaths(source: EdgeSource): source is readonly string[] {
  return Array.isArray(source) && source.length > 0 && source.every(path => typeof path === 'string')
}

function isIterable(source: unknown): boolean {
  const given = Object(source)
  return Symbol.iterator in given || Symbol.asyncIterator in given
}

async function readFile(
  path: string,
  edges: EdgeCollector,
  { directed, encoding, signal, onWarning = () => {} }: ReadGraphOptions & Complete<typeof graphOptionTable>,
): Promise<void> {
  const file = path === '-' ? 'standard input' : path
  const lines = new EdgeLines(file, edges, directed)
  const text = recoded(readText(path, { utf16: isUtf16(encoding) }), encoding, file, onWarning)
  await eachLine(text, { file, longest: LONGEST_LINE, expected }, (line, number) => {
    stopIfAborted(signal)
    lines.take(trimmed(line), number)
  })
  lines.finish(onWarning)
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
        place,
        found: 'it is not an array of two or three',
        expected: '[from, to] or [from, to, weight]',
      })
    const [from, to] = [edge[0], edge[1]].map(name => {
      const length = typeof name === 'string' ? bytes.write(name) : 0
      if (length > 0) return edges.nodes.add(bytes.bytes, 0, length)
      throw new WordloomError('usage', {
        place,
        found: `a node is ${shown(name)}`,
        expected: 'a string of 1 to 1,000 bytes',
      })
    })
    const [, , weight = 1] = edge
    if (!(weight > 0 && weight < Number.POSITIVE_INFINITY))
      throw new WordloomError('bad-data', {
        place,
        found: `the weight is "${weight}"`,
        expected: 'a number above 0',
      })
    edges.add(from!, to!, weight)
    stopIfAborted(signal)
  }
}

function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : typeof value
}
