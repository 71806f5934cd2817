import { breathe, stopIfAborted } from '../abort.js'
import { WordloomError } from '../errors.js'
import { isBlank } from './columns.js'
import type { Graph } from './graph.js'
import { checkGraph, type WalkCalls, type WalkOptions, walkNumbers } from './random-walks.js'

const PART_BYTES = 1 << 18
const SPACE = 0x20
const NEWLINE = 0x0a
const UNDERSCORE = 0x5f

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * Walks as bytes of text: a walk a line, nodes with a space between them. Blanks in a name are written as underscores.
 * Throws `usage`, `aborted`, and `bad-data` if two names would be the same then.
 */
export async function* walkLines(
  graph: Graph,
  options: WalkOptions & WalkCalls & { readonly signal?: AbortSignal | undefined } = {},
): AsyncGenerator<Uint8Array> {
  const { signal, ...walking } = options
  checkGraph(graph)
  const names = writtenNames(graph, options)
  let bytes = new Uint8Array(2 * PART_BYTES)
  let length = 0
  let pause = breathe()
  for (const walk of walkNumbers(graph, walking)) {
    for (const node of walk) {
      const name = names.get(node) ?? graph.nameBytes(node)
      if (length + name.length + 1 > bytes.length) bytes = grown(bytes)
      bytes.set(name, length)
      length += name.length
      bytes[length++] = SPACE
    }
    bytes[length - 1] = NEWLINE
    if (length < PART_BYTES) continue
    yield bytes.slice(0, length)
    length = 0
    if (pause.isDue()) pause = await pause.take()
    stopIfAborted(signal)
  }
  yield bytes.slice(0, length)
}

/** The names that are written otherwise than they are, by node. */
function writtenNames(graph: Graph, { onWarning }: WalkCalls): Map<number, Uint8Array> {
  const written = new Map<number, Uint8Array>()
  const nodeOf = new Map<string, number>()
  for (let node = 0; node < graph.size; node++) {
    const name = graph.nameBytes(node)
    if (!name.some(isBlank)) continue
    const joined = name.map(byte => (isBlank(byte) ? UNDERSCORE : byte))
    const text = decoder.decode(joined)
    const other = nodeOf.get(text) ?? graph.find(joined)
    if (other !== undefined) throw joinedError(graph, node, other, text)
    nodeOf.set(text, node)
    written.set(node, joined)
  }
  const [first] = written
  if (first) {
    const named = written.size === 1 ? '1 node has' : `${written.size.toLocaleString('en')} nodes have`
    onWarning?.(
      `${named} a blank in the name, which is written as an underscore: ` +
        `"${graph.name(first[0])}" is "${decoder.decode(first[1])}"`,
    )
  }
  return written
}

function joinedError(graph: Graph, node: number, other: number, text: string): WordloomError {
  return new WordloomError('bad-data', {
    action: 'write the walks',
    found: `the nodes "${graph.name(other)}" and "${graph.name(node)}" would both be "${text}", since blanks part nodes`,
    expected: 'names that differ',
    cure: 'rename one of them',
  })
}

function grown(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(2 * bytes.length)
  larger.set(bytes)
  return larger
}
