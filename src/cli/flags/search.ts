import { existsSync } from 'node:fs'
import { option, say, WordloomError } from '../../errors.js'
import { checkWritable, isStream } from '../../files/index.js'
import {
  ApproximateIndex,
  MeasuredIndex,
  type NeighborIndex,
  openIndex,
  searchOptionTable,
} from '../../search/index.js'
import type { WordVectors } from '../../vectors/index.js'
import { duration, grouped } from '../terminal/figures.js'
import { tell, warn } from '../terminal/terminal.js'
import type { FlagsOf } from '../verb/flags.js'

/** How neighbours are searched. */
export const searchFlags = {
  ...searchOptionTable,
  threads: { ...searchOptionTable.threads, otherwise: '1, and all processors with --search' },
  index: {
    kind: 'file',
    use: 'read', // and written, if it is not there: this verb looks at that itself
    help: 'for approximate: the graph is kept here, and taken from here next time',
  },
} as const

type SearchFlags = FlagsOf<typeof searchFlags>

/** Throws `usage` for flags that do not go together. */
export async function checkSearchFlags({ search, index }: SearchFlags): Promise<void> {
  if (index === undefined) return
  if (search !== 'approximate')
    throw new WordloomError('usage', {
      found: say`${option('index')} keeps a graph, and the search is ${search ?? 'exact'}`,
      cure: say`add ${option('search', 'approximate')}`,
    })
  if (await isStream(index))
    throw new WordloomError('usage', {
      found: say`${option('index')} is ${index}`,
      expected: 'a plain file, in which a graph can be kept',
      cure: 'give a file name',
    })
}

/** The index that the flags ask for, with its recall told on standard error; undefined if none is asked for. */
export async function openWantedIndex(
  vectors: WordVectors,
  { search, threads, index: path }: SearchFlags,
): Promise<NeighborIndex | undefined> {
  if (search === undefined && threads === undefined) return undefined
  const options = threads === undefined ? {} : { threads }
  if (search === undefined || search === 'exact') return openIndex(vectors, 'exact', options)
  const index = await MeasuredIndex.of(
    search === 'approximate'
      ? await approximateIndex(vectors, path, options)
      : await openIndex(vectors, search, { ...options, measure: false }),
  )
  const { recall, asked, warnings } = index
  tell(`${search} search finds ${(100 * recall).toFixed(2)} % of the 10 nearest (${asked} words drawn)`)
  for (const warning of warnings) warn(warning)
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
  if (path !== undefined) await index.save(path)
  tell(`a graph of ${grouped(vectors.size)} words, built in ${seconds}${path ? ` → ${path}` : ''}`)
  return index
}
