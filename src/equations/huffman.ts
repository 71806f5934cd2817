/** The Huffman tree over the words of a vocabulary, as a path from the root to each word. */
export interface HuffmanTree {
  /** By word: where its path begins in `paths`; and at the end, how long that is. */
  readonly starts: Uint32Array
  /** Inner node << 1 | code, from the root down. Words − 1 inner nodes, numbered as they were made: the root is the last. */
  readonly paths: Uint32Array
}

/** One turn on a path: at this inner node, by code 0 or 1. */
export interface Turn {
  readonly node: number
  readonly code: 0 | 1
}

/**
 * Joins the two rarest words or nodes until one is left (Huffman 1952): frequent words have short paths, and the
 * mean path is as short as can be. Counts must descend. Nodes come out in ascending order of count, so that two
 * pointers find the rarest; if counts are equal, nodes go first, so that paths are those of word2vec.c.
 */
export function huffmanTree(counts: ArrayLike<number>): HuffmanTree {
  const { parents, codes } = join(counts)
  const depths = depthsOf(parents)
  const words = counts.length
  const starts = new Uint32Array(words + 1)
  for (let word = 0; word < words; word++) starts[word + 1] = starts[word]! + depths[word]!
  const paths = new Uint32Array(starts[words]!)
  for (let word = 0; word < words; word++) {
    let below = word
    for (let at = starts[word + 1]! - 1; at >= starts[word]!; at--) {
      paths[at] = (((parents[below]! - words) << 1) | codes[below]!) >>> 0
      below = parents[below]!
    }
  }
  return { starts, paths }
}

/** The turns that lead to a word, from the root down. */
export function pathOf({ starts, paths }: HuffmanTree, word: number): Turn[] {
  const turns = paths.subarray(starts[word]!, starts[word + 1]!)
  return Array.from(turns, turn => ({ node: turn >>> 1, code: (turn & 1) as 0 | 1 }))
}

/** The length of the longest path. */
export function longestPath({ starts }: HuffmanTree): number {
  let longest = 0
  for (let word = 0; word + 1 < starts.length; word++)
    longest = Math.max(longest, starts[word + 1]! - starts[word]!)
  return longest
}

/** Words are 0 … words − 1, inner nodes go on from there; each has its parent and its code, but for the root. */
function join(counts: ArrayLike<number>): { parents: Uint32Array; codes: Uint8Array } {
  const words = counts.length
  const nodes = Math.max(words, 2 * words - 1)
  const weights = new Float64Array(nodes)
  weights.set(counts as ArrayLike<number>)
  const parents = new Uint32Array(nodes)
  const codes = new Uint8Array(nodes)
  let word = words - 1
  let node = words
  const takeRarest = (made: number) =>
    word >= 0 && (node === made || weights[word]! < weights[node]!) ? word-- : node++
  for (let made = words; made < nodes; made++) {
    const [first, second] = [takeRarest(made), takeRarest(made)]
    weights[made] = weights[first]! + weights[second]!
    parents[first] = made
    parents[second] = made
    codes[second] = 1
  }
  return { parents, codes }
}

/** Parents are made after their children, so that going down the numbers every parent's depth is known. */
function depthsOf(parents: Uint32Array): Uint32Array {
  const depths = new Uint32Array(parents.length)
  for (let i = parents.length - 2; i >= 0; i--) depths[i] = depths[parents[i]!]! + 1
  return depths
}
