import { type Graph, type GraphShape, openGraph } from '#platform/search/graph'
import { WordloomError } from '../errors.js'
import { writeWholeBy } from '../files/index.js'
import { processors } from '../threads/index.js'
import type { NearestOptions, Neighbor, Query, WordVectors } from '../vectors/index.js'
import { answerFrom } from './candidates.js'
import { checkGraphFile } from './graph-file.js'
import type { NeighborIndex } from './neighbor-index.js'

export interface ApproximateOptions {
  /** Neighbours that a row keeps in the graph, 32 if not given: fewer leave groups of near rows that no way leads to. */
  connectivity?: number
  /** Rows looked at for each one that is added, 96 if not given: more find more, and take longer. */
  expansionAdd?: number
  /** Rows looked at in a search, 128 if not given. */
  expansionSearch?: number
  /** How the graph keeps its copy of the rows, `i8` if not given; cosines are those of the rows themselves. */
  precision?: 'i8' | 'f16' | 'f32'
  /** How many threads build the graph; as many as there are processors if not given. */
  threads?: number
  /** Told now and then how many rows are in the graph. */
  onProgress?: (rows: number) => void
}

/** Rows added at a time: between them the process can do other things. */
const ROWS_AT_ONCE = 2048
/** Rows whose nearest row must be themselves in a graph of these vectors. */
const PROBES = 32

/**
 * A graph of near rows (HNSW, Malkov and Yashunin 2016) that a search walks along, from the package usearch, an
 * optional peer. The graph depends on how threads take turns, so two builds are not the same.
 */
export class ApproximateIndex implements NeighborIndex {
  readonly kind = 'approximate'
  readonly threads = 1
  readonly vectors: WordVectors
  readonly recall = undefined
  readonly warnings = []
  readonly #graph: Graph

  /** Use `build` or `load`. */
  constructor(vectors: WordVectors, graph: Graph) {
    this.vectors = vectors
    this.#graph = graph
  }

  /** Takes minutes for millions of rows. Throws `no-input` if usearch is not installed. */
  static async build(vectors: WordVectors, options: ApproximateOptions = {}): Promise<ApproximateIndex> {
    const { threads = processors(), onProgress } = options
    const graph = await openGraph(shapeOf(vectors, options))
    for (let first = 0; first < vectors.size; first += ROWS_AT_ONCE) {
      addRows(graph, vectors, first, Math.min(first + ROWS_AT_ONCE, vectors.size), threads)
      onProgress?.(Math.min(first + ROWS_AT_ONCE, vectors.size))
      await new Promise(resolve => setTimeout(resolve, 0))
    }
    if (graph.size() === 0)
      throw new WordloomError('bad-data', {
        action: 'build the index',
        found: 'every vector is zero, so that none has a direction',
      })
    return new ApproximateIndex(vectors, graph)
  }

  /**
   * A graph that was saved, for the vectors that it was built of. Throws `no-input`, and `bad-data` if the file
   * is damaged or of other vectors.
   */
  static async load(
    path: string,
    vectors: WordVectors,
    options: Pick<ApproximateOptions, 'expansionSearch' | 'precision'> = {},
  ): Promise<ApproximateIndex> {
    const { rows, dimensions } = await checkGraphFile(path)
    const other = (what: string) =>
      new WordloomError('bad-data', {
        place: { file: path },
        found: what,
        expected: `an index of ${vectors.size} × ${vectors.dimensions} vectors, as these are`,
        cure: 'give another name, or delete the file if it is an old index, so that the index is built again',
      })
    if (dimensions !== vectors.dimensions || rows > vectors.size)
      throw other(`the index is of ${rows} × ${dimensions} vectors`)
    const graph = await openGraph(shapeOf(vectors, options))
    graph.load(path)
    const index = new ApproximateIndex(vectors, graph)
    if (!index.#knows(vectors)) throw other('the index is of other vectors')
    return index
  }

  /** Writes the graph, whole or not at all. Throws `not-written`. */
  save(path: string): Promise<void> {
    return writeWholeBy(path, temporary => {
      try {
        this.#graph.save(temporary)
      } catch (cause) {
        throw notSaved(path, cause)
      }
    })
  }

  async nearest(query: Query, options?: NearestOptions | number): Promise<Neighbor[]> {
    return (await this.nearestBatch([query], options))[0]!
  }

  /** A `limit` below the size of the vocabulary is answered by an exact scan: the graph has all words. */
  async nearestBatch(queries: readonly Query[], options?: NearestOptions | number): Promise<Neighbor[][]> {
    const { limit } = typeof options === 'object' ? options : {}
    if (limit !== undefined && limit < this.vectors.size) return this.vectors.nearestBatch(queries, options)
    return answerFrom(
      async (directions, count) => directions.map(direction => ({ ids: this.#near(direction, count) })),
      this.vectors,
      queries,
      options,
    )
  }

  async close(): Promise<void> {}

  /** Twice as many as wanted, since the graph's own cosines are those of rounded rows. */
  #near(direction: Float32Array, count: number): Int32Array {
    const { keys } = this.#graph.search(direction, 2 * count + 10, 1)
    return Int32Array.from(keys, Number).filter(id => id >= 0 && id < this.vectors.size)
  }

  #knows({ size, search }: WordVectors): boolean {
    const ids = Array.from({ length: PROBES }, (_, i) => Math.floor((i * size) / PROBES))
    const probes = [...new Set(ids)].filter(id => search.norm(id) > 0)
    const found = probes.filter(id => this.#near(search.direction(id), 1).includes(id))
    return found.length >= probes.length / 2
  }
}

function shapeOf({ dimensions }: WordVectors, options: ApproximateOptions): GraphShape {
  const { connectivity = 32, expansionAdd = 96, expansionSearch = 128, precision = 'i8' } = options
  return { dimensions, connectivity, expansionAdd, expansionSearch, precision }
}

/** Rows without a direction are nobody's neighbours. */
function addRows(
  graph: Graph,
  { search, dimensions }: WordVectors,
  from: number,
  to: number,
  threads: number,
): void {
  const ids: number[] = []
  for (let id = from; id < to; id++) if (search.norm(id) > 0) ids.push(id)
  if (ids.length === 0) return
  const rows = new Float32Array(ids.length * dimensions)
  for (const [i, id] of ids.entries()) rows.set(search.direction(id), i * dimensions)
  graph.add(BigUint64Array.from(ids, BigInt), rows, threads)
}

/** The library does not say what the system refused. */
function notSaved(file: string, cause: unknown): WordloomError {
  return new WordloomError(
    'not-written',
    {
      place: { file },
      found: 'the graph could not be written whole',
      cure: 'look whether the disk is full and the folder may be written to',
    },
    { cause },
  )
}
