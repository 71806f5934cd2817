import type { Index } from 'usearch'
import { WordloomError } from '../errors.js'

/** A graph of rows from usearch: keys are ids, distances 1 − cosine. */
export type Graph = Index

export interface GraphShape {
  readonly dimensions: number
  /** Neighbours that a row keeps in the graph. */
  readonly connectivity: number
  /** Rows looked at for each one that is added, and for each search. */
  readonly expansionAdd: number
  readonly expansionSearch: number
  /** How the graph keeps its copy of the rows. */
  readonly precision: 'i8' | 'f16' | 'f32'
}

/** An empty graph. Throws `no-input` if usearch is not installed. */
export async function openGraph(shape: GraphShape): Promise<Graph> {
  const { Index, MetricKind } = await library()
  return new Index({
    dimensions: shape.dimensions,
    metric: MetricKind.Cos,
    quantization: shape.precision as never, // an enum of strings
    connectivity: shape.connectivity,
    expansion_add: shape.expansionAdd,
    expansion_search: shape.expansionSearch,
    multi: false,
  })
}

/** Loaded when it is first needed: it is an optional peer, and brings native code. */
async function library(): Promise<typeof import('usearch')> {
  try {
    return await import('usearch')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const reason = code === 'ERR_MODULE_NOT_FOUND' ? 'is not installed' : `cannot be loaded here (${code})`
    throw new WordloomError(
      'no-input',
      {
        action: 'search',
        found: `approximate search needs the package usearch, which ${reason}`,
        cure: 'run npm install usearch@2.25.3, or search exactly or with int8',
      },
      { cause },
    )
  }
}
