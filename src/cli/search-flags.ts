import { existsSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { WordloomError } from '../errors.js'
import { checkWritable, isStream } from '../files/index.js'
import {
  ApproximateIndex,
  measureRecall,
  type NeighborIndex,
  openIndex,
  type SearchKind,
  searchKinds,
} from '../search/index.js'
import type { WordVectors } from '../vectors/index.js'
import { duration, grouped } from './figures.js'
import { tell } from './terminal.js'
import { oneOf, positive } from './values.js'

/** How neighbours are searched. */
export interface SearchFlags {
  readonly search?: SearchKind
  readonly threads?: number
  readonly index?: string
}

export function addSearchFlags(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--search <kind>',
        'exact (default), int8 (rounded rows first), product (codes first) or approximate (a graph; needs usearch)',
      ).argParser(oneOf(searchKinds)),
    )
    .option('--threads <n>', 'threads that search (default 1; with --search all processors)', positive)
    .option('--index <file>', 'approximate: keep the graph here, and take it from here next time')
}

/** The index that the flags ask for, with its recall told on standard error; undefined where none is asked for. */
export async function openWantedIndex(
  vectors: WordVectors,
  { search, threads, index: path }: SearchFlags,
): Promise<NeighborIndex | undefined> {
  if (path !== undefined && search !== 'approximate')
    throw new WordloomError('usage', '--index keeps a graph; it goes with --search approximate only')
  if (path !== undefined && (await isStream(path)))
    throw new WordloomError(
      'usage',
      `--index is ${path}, and a graph is kept in a plain file; give a file name`,
    )
  if (search === undefined && threads === undefined) return undefined
  const options = threads === undefined ? {} : { threads }
  if (search === undefined || search === 'exact') return openIndex(vectors, 'exact', options)
  const index =
    search === 'approximate'
      ? await approximateIndex(vectors, path, options)
      : await openIndex(vectors, search, options)
  const sample = Math.max(10, Math.min(100, Math.floor(4e9 / (vectors.size * vectors.dimensions))))
  const recall = await measureRecall(index, { sample })
  tell(`${search} search finds ${(100 * recall).toFixed(2)} % of the 10 nearest (${sample} words drawn)`)
  return index
}

async function approximateIndex(
  vectors: WordVectors,
  path: string | undefined,
  options: { threads?: number },
): Promise<ApproximateIndex> {
  if (path !== undefined && existsSync(path)) return ApproximateIndex.load(path, vectors)
  if (path !== undefined) await checkWritable(path)
  const start = performance.now()
  const index = await ApproximateIndex.build(vectors, options)
  const seconds = duration((performance.now() - start) / 1000)
  tell(`a graph of ${grouped(vectors.size)} words, built in ${seconds}${path ? ` → ${path}` : ''}`)
  if (path !== undefined) await index.save(path)
  return index
}
