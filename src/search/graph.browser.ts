import { option, say, WordloomError } from '../errors.js'

/** A graph of rows, which pages lack. */
export interface Graph {
  add(keys: BigUint64Array, vectors: Float32Array, threads?: number): void
  search(vector: Float32Array, k: number, threads: number): { keys: BigUint64Array }
  dimensions(): number
  size(): number
  save(path: string): void
  load(path: string): void
}

export interface GraphShape {
  readonly dimensions: number
  readonly connectivity: number
  readonly expansionAdd: number
  readonly expansionSearch: number
  readonly precision: 'i8' | 'f16' | 'f32'
}

export async function openGraph(_shape: GraphShape): Promise<Graph> {
  throw new WordloomError('no-input', {
    action: 'search',
    found: 'approximate search needs the package usearch, which runs only in Node',
    cure: say`give ${option('search', 'exact')} or ${option('search', 'int8')} in a page`,
  })
}
