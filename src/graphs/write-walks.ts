import { breathe, stopIfAborted } from '../abort.js'
import type { Graph } from './graph.js'
import { type WalkOptions, walkNumbers } from './random-walks.js'

const PART_BYTES = 1 << 18
const SPACE = 0x20
const NEWLINE = 0x0a

/** Walks as bytes of text: a walk a line, nodes with a space between them. */
export async function* walkLines(
  graph: Graph,
  options: WalkOptions & { readonly signal?: AbortSignal | undefined } = {},
): AsyncGenerator<Uint8Array> {
  const { signal, ...walking } = options
  let bytes = new Uint8Array(2 * PART_BYTES)
  let length = 0
  let pause = breathe()
  for (const walk of walkNumbers(graph, walking)) {
    for (const node of walk) {
      const name = graph.nameBytes(node)
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

function grown(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(2 * bytes.length)
  larger.set(bytes)
  return larger
}
