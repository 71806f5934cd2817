import type { EdgeList } from './graph.js'

const encoder = new TextEncoder()

/**
 * Whether lines that were read as edges with weights look like an adjacency list in which each node has two
 * neighbours: a line for each node, the nodes of a line in each other's lines, and every "weight" the name of a node.
 */
export function looksLikeAdjacency({ nodes, from, to, weights }: EdgeList): boolean {
  if (weights === undefined || from.length < 3) return false
  const lineOf = new Map<number, number>() // of the node that begins it
  for (const [line, node] of from.entries()) lineOf.set(node, line)
  if (lineOf.size < from.length) return false
  const third = Int32Array.from(weights, weight => nodes.find(encoder.encode(String(weight))))
  const names = (node: number, other: number) => {
    const line = lineOf.get(node)
    return line !== undefined && (to[line] === other || third[line] === other)
  }
  return from.every((node, line) => names(to[line]!, node) && names(third[line]!, node))
}
