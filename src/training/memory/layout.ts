import type { HuffmanTree } from '../../equations/index.js'
import { option, say, sizeOf, WordloomError } from '../../errors.js'
import { paddedStride } from '../../math/index.js'
import { architectureOf, type DocumentLists, objectiveOf } from '../../reference/index.js'
import type { TrainingOptions } from '../options/options.js'
import { LONGEST_BLOCK } from '../plan/blocks.js'
import { SHARDS } from '../plan/chunks.js'
import { largestPart, type Parts } from '../plan/parts.js'
import { KERNEL_LIMIT, type Plan } from '../plan/schedule.js'
import type { SubwordTable } from '../plan/subword-table.js'
import { noiseRunsBytes } from './noise-runs.js'
import type { Measures } from './records.generated.js'
import { threadBytes } from './thread-records.js'

const PAGE = 65536

/** Where everything lies in the memory that all threads and kernels share, in bytes. */
export interface Layout {
  readonly words: number
  /** One for each word, and one for each sub-word bucket or document. */
  readonly inputRows: number
  readonly dimensions: number
  readonly rowBytes: number
  /** The rows lie in a memory of their own, and the two parts of a block visit the kernels' memory. */
  readonly rowsOutside: boolean
  /** Where the matrices begin in the memory that has them. */
  readonly inputVectors: number
  readonly outputVectors: number
  /** Of the noise distribution, a table a part: noise-runs.ts. */
  readonly noise: number
  /** Sub-sampling thresholds. */
  readonly keep: number
  /** A byte a row: 1 if the input row is not to be moved; at 0 if no word is frozen. */
  readonly frozen: number
  /** By word: part and place in it. */
  readonly places: number
  /** Paths through the Huffman tree, if the objective has one: by word, the start of its path; then the paths. */
  readonly pathStarts: number
  readonly paths: number
  readonly pathEntries: number
  /** With sub-words, by word the start of its input rows; then the rows. */
  readonly wordRowStarts: number
  readonly wordRows: number
  readonly wordRowEntries: number
  /** If documents have several rows, by document the start of its input rows; then the rows. */
  readonly documentRowStarts: number
  readonly documentRows: number
  /** How many documents and rows these are; 0 if documents have one row each. */
  readonly listedDocuments: number
  readonly documentRowEntries: number
  readonly mostDocumentRows: number
  /** Pairs of one chunk. */
  readonly pairs: number
  readonly pairCapacity: number
  /** For each shard of a chunk and each bucket, a count or a place among the pairs. */
  readonly cursors: number
  /** The records of each thread, followed by its scratch. */
  readonly threads: readonly number[]
  /** For each thread, room for an input part and an output part that visit. */
  readonly visits: readonly { readonly input: number; readonly output: number }[]
  /** Of the kernels' memory. */
  readonly bytes: number
  /** Of the memory that has the rows, if that is another one. */
  readonly outsideBytes: number
  /** Of the copies of both matrices as they were after the best epoch; 0 if patience does not choose one. */
  readonly bestBytes: number
}

/** All that decides the size of the memory. */
export interface LayoutRequest {
  readonly words: number
  /** Undefined if words have one input row each. */
  readonly subwords: SubwordTable | undefined
  /** Documents with an input row of their own; none by default. */
  readonly documents?: number
  /** Given if documents have several of these. */
  readonly documentLists?: DocumentLists | undefined
  /** Undefined if the objective needs none. */
  readonly tree: HuffmanTree | undefined
  readonly options: TrainingOptions
  readonly threads: number
  readonly plan: Plan
  readonly parts: Parts
  readonly pairCapacity: number
  /** Some words' input rows are not to be moved. */
  readonly hasFrozen?: boolean
  /** The most that the kernels' memory may hold before the rows leave it. */
  readonly kernelLimit: number
}

/** Lays the memory out without allocating it. Blocks need only two parts at a time within the kernels' reach. */
export function layOut(request: LayoutRequest): Layout {
  const layout = layOutRows(request, false)
  return layout.bytes <= request.kernelLimit || request.plan.schedule !== 'blocks'
    ? layout
    : layOutRows(request, true)
}

/** Page 0 stays free: it belongs to the kernels' own constants. */
function layOutRows(request: LayoutRequest, rowsOutside: boolean): Layout {
  const { words, documents = 0, subwords, options, threads, plan, parts, pairCapacity } = request
  const { hasFrozen = false } = request
  const inside = new Reservation(PAGE)
  const outside = new Reservation(0)
  const rowBytes = paddedStride(options.dimensions) * 4
  const blocks = plan.schedule === 'blocks'
  const inputRows = words + (subwords?.buckets.length ?? 0) + documents
  const outputRows = objectiveOf(options.objective).outputRows(words)
  const rows = rowsOutside ? outside : inside
  const visitBytes = largestPart(parts) * rowBytes
  const perThread = <T>(reserve: () => T): T[] => Array.from({ length: threads }, reserve)
  return {
    words,
    inputRows,
    dimensions: options.dimensions,
    rowBytes,
    rowsOutside,
    inputVectors: rows.take(inputRows * rowBytes),
    outputVectors: rows.take(outputRows * rowBytes),
    noise: inside.take(noiseRunsBytes(parts)),
    keep: inside.take(words * 4),
    frozen: hasFrozen ? inside.take(words) : 0,
    places: inside.take(blocks ? words * 4 : 0),
    ...layOutTables(request, inside),
    pairs: inside.take(pairCapacity * 4),
    pairCapacity,
    cursors: inside.take(blocks ? SHARDS * plan.parts ** 2 * 4 : 0),
    threads: perThread(() => inside.take(threadBytes(measuresOf(request)))),
    visits: rowsOutside
      ? perThread(() => ({ input: inside.take(visitBytes), output: inside.take(visitBytes) }))
      : [],
    bytes: inside.bytes,
    outsideBytes: outside.bytes,
    bestBytes: options.patience > 0 ? (inputRows + words) * rowBytes : 0,
  }
}

type Tables =
  | 'pathStarts'
  | 'paths'
  | 'pathEntries'
  | 'wordRowStarts'
  | 'wordRows'
  | 'wordRowEntries'
  | 'documentRowStarts'
  | 'documentRows'
  | 'listedDocuments'
  | 'documentRowEntries'
  | 'mostDocumentRows'

/** By word, its path through the tree and its input rows; by document, its input rows. */
function layOutTables(
  { tree, subwords, documentLists: lists }: LayoutRequest,
  inside: Reservation,
): Pick<Layout, Tables> {
  return {
    pathStarts: inside.take(tree ? tree.starts.byteLength : 0),
    paths: inside.take(tree ? tree.paths.byteLength : 0),
    pathEntries: tree ? tree.paths.length : 0,
    wordRowStarts: inside.take(subwords ? subwords.starts.byteLength : 0),
    wordRows: inside.take(subwords ? subwords.rows.byteLength : 0),
    wordRowEntries: subwords ? subwords.rows.length : 0,
    documentRowStarts: inside.take(lists ? lists.starts.byteLength : 0),
    documentRows: inside.take(lists ? lists.rows.byteLength : 0),
    listedDocuments: lists ? lists.starts.length - 1 : 0,
    documentRowEntries: lists ? lists.rows.length : 0,
    mostDocumentRows: lists?.longest ?? 1,
  }
}

/** Stretches of a memory, one after another, each on cache lines of its own: no two threads write to the same one. */
class Reservation {
  bytes: number

  constructor(first: number) {
    this.bytes = first
  }

  take(bytes: number): number {
    const start = this.bytes
    this.bytes += Math.ceil(bytes / 64) * 64
    return start
  }
}

/** Throws `too-large`, with the numbers, if the layout does not fit into `totalMemory` bytes. */
export function checkFits(
  { words, inputRows, dimensions, bytes, outsideBytes, bestBytes }: Layout,
  totalMemory: number,
): void {
  const needed = bytes + outsideBytes + bestBytes
  const beyondKernels = bytes > KERNEL_LIMIT
  if (!beyondKernels && needed <= totalMemory) return
  const limit = beyondKernels ? Math.min(KERNEL_LIMIT, totalMemory) : totalMemory
  const fitting = Math.floor((words * limit) / needed)
  throw new WordloomError('too-large', {
    action: 'train',
    found: `${words.toLocaleString('en')} words × ${dimensions} dimensions × 2 matrices ${ofSubwords(inputRows - words)}need ${sizeOf(needed)}`,
    expected: `at most the ${sizeOf(limit)} that ${limit === KERNEL_LIMIT ? 'this kind of training can use' : 'this machine has'}`,
    cure: say`keep about ${fitting.toLocaleString('en')} words (set ${option('maxWords')}, or raise ${option('minCount')}) or lower ${option('dimensions')}`,
  })
}

function ofSubwords(rows: number): string {
  return rows > 0 ? `and ${rows.toLocaleString('en')} rows of sub-words ` : ''
}

/** All that decides the size of a thread's scratch. */
type ScratchRequest = Pick<LayoutRequest, 'words' | 'options' | 'plan'> &
  Partial<Pick<LayoutRequest, 'tree' | 'subwords' | 'documentLists'>>

/** The numbers from which the sizes of a thread's scratch follow. */
export function measuresOf(request: ScratchRequest): Measures {
  const { words, options, plan, tree, subwords, documentLists } = request
  const rowsOfDocument = documentLists?.longest ?? 1
  const { window, negativeSamples, dimensions } = options
  const objective = objectiveOf(options.objective)
  const architecture = architectureOf(options.architecture)
  return {
    positions: LONGEST_BLOCK,
    rowBytes: paddedStride(dimensions) * 4,
    words,
    window,
    negativeSamples,
    chosen: Math.max(1 + negativeSamples, objective.mostRows({ words, negativeSamples, tree })),
    mostBags: architecture.mostBags(window, rowsOfDocument),
    longestBag: architecture.longestBag(window, subwords?.longest ?? 1, rowsOfDocument),
    blocks: plan.schedule === 'blocks',
    batches: objective.takesBatches ?? false,
    subwords: subwords !== undefined,
    documents: architecture.hasDocuments ?? false,
  }
}
