import type { Command } from 'commander'
import { compareModels, type ModelComparison } from '../../comparison/index.js'
import { changeTable } from '../change-table.js'
import { openVectors } from '../open-vectors.js'
import { print, printJson } from '../terminal.js'
import { positive } from '../values.js'
import { verb } from '../verb.js'

interface CompareFlags {
  readonly count: number
  readonly neighbors: number
  readonly limit: number
  readonly json?: true
}

export function compareCommand(): Command {
  return verb({
    name: 'compare',
    summary: 'which words moved from one model to another',
    description:
      'Lays one model on the other with a rotation (orthogonal Procrustes) and lists the words that moved ' +
      'most, or those that are given: drift is 1 − cosine after the rotation, kept counts the neighbours in ' +
      'both models, and those in one only are named.',
    examples: [
      ['wordloom compare 1990s.safetensors 2010s.safetensors', 'the words that moved most'],
      ['wordloom compare old.bin new.bin cell cloud', 'what became of these words'],
    ],
  })
    .argument('<before>', 'a file of word vectors')
    .argument('<after>', 'another one of as many dimensions')
    .argument('[word...]', 'words to tell of')
    .option('-n, --count <n>', 'how many words, where none are given (default 20)', positive, 20)
    .option('--neighbors <n>', 'how many neighbours of each are compared (default 10)', positive, 10)
    .option('--limit <n>', 'only the n most frequent words of both (default 10000)', positive, 10_000)
    .option('--json', 'print JSON')
    .action(compare)
}

async function compare(
  before: string,
  after: string,
  words: readonly string[],
  { count, neighbors, limit, json }: CompareFlags,
): Promise<void> {
  const models = [await openVectors(before), await openVectors(after)] as const
  const chosen = words.length > 0 ? { words } : { count }
  const comparison: ModelComparison = compareModels(...models, { ...chosen, neighbors, limit })
  if (json) printJson({ before, after, ...comparison })
  else print(changeTable(comparison))
}
