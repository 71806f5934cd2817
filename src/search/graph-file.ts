import { WordloomError } from '../errors.js'
import { type ByteRanges, openRanges } from '../files/index.js'

/*
 * A file of usearch 2: rows u32, bytes of a row u32, the rows; a header of 64 bytes ("usearch", …, dimensions u64 at
 * 33); five numbers u64 (nodes, links of a node, links on the ground level, levels, entry); a level i16 for each
 * node; the nodes, each with a key u64, its level i16, and for each level a count and as many links, all u32.
 */
const MAGIC = 'usearch'
const HEADER_BYTES = 64
const DIMENSIONS_AT = 33
const SHAPE_BYTES = 40
const NODE_BYTES = 10

export interface GraphFile {
  readonly rows: number
  readonly dimensions: number
}

/**
 * Looks at a file before usearch does, which ends the whole process over a file that is none of its own or was cut
 * off. Throws `no-input` and `bad-data`.
 */
export async function checkGraphFile(path: string): Promise<GraphFile> {
  const ranges = await openRanges(path)
  try {
    const found = await structureOf(ranges)
    if (found) return found
  } finally {
    await ranges.close()
  }
  throw new WordloomError('bad-data', {
    place: { file: path },
    found: 'this is not an index of usearch, or it was cut off',
    cure: 'give another name, or delete the file if it is an old index, so that the index is built again',
  })
}

async function structureOf(ranges: ByteRanges): Promise<GraphFile | undefined> {
  if (ranges.size < 8 + HEADER_BYTES + SHAPE_BYTES) return undefined
  const start = await view(ranges, 0, 8)
  const [rows, rowBytes] = [start.getUint32(0, true), start.getUint32(4, true)]
  const header = 8 + rows * rowBytes
  const levelsAt = header + HEADER_BYTES + SHAPE_BYTES
  if (rows === 0 || levelsAt + 2 * rows > ranges.size) return undefined
  const head = await view(ranges, header, levelsAt)
  if (new TextDecoder('latin1').decode(head.buffer.slice(0, MAGIC.length)) !== MAGIC) return undefined
  const [nodes, links, groundLinks, levels, entry] = [0, 1, 2, 3, 4].map(i =>
    Number(head.getBigUint64(HEADER_BYTES + 8 * i, true)),
  ) as [number, number, number, number, number]
  if (nodes !== rows || entry >= nodes) return undefined
  const above = await levelsAbove(ranges, levelsAt, nodes, levels)
  const bytes = nodes * (NODE_BYTES + 4 + 4 * groundLinks) + above * (4 + 4 * links)
  if (levelsAt + 2 * nodes + bytes !== ranges.size) return undefined
  return { rows, dimensions: Number(head.getBigUint64(DIMENSIONS_AT, true)) }
}

/** The levels of all nodes above the ground, together; NaN if one is not possible. */
async function levelsAbove(ranges: ByteRanges, start: number, nodes: number, most: number): Promise<number> {
  const levels = await view(ranges, start, start + 2 * nodes)
  let sum = 0
  for (let i = 0; i < nodes; i++) {
    const level = levels.getInt16(2 * i, true)
    if (level < 0 || level > most) return Number.NaN
    sum += level
  }
  return sum
}

async function view(ranges: ByteRanges, start: number, end: number): Promise<DataView<ArrayBuffer>> {
  return new DataView((await ranges.read(start, end)).buffer)
}
