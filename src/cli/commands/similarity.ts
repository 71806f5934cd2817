import type { Command } from 'commander'
import { WordloomError } from '../../errors.js'
import type { WordVectors } from '../../vectors/index.js'
import { tellUnknown } from '../answer-flags.js'
import { grouped } from '../figures.js'
import { openVectors } from '../open-vectors.js'
import { table } from '../table.js'
import { paintFor, print, printJson, visible } from '../terminal.js'
import { verb } from '../verb.js'

export function similarityCommand(): Command {
  return verb({
    name: 'similarity',
    summary: 'how alike two words are',
    description:
      'The cosine between a word and each of the others, and the rank of each among all neighbours of the word ' +
      '(1 is the nearest).',
    examples: [
      ['wordloom similarity vectors.safetensors king queen', 'one pair'],
      ['wordloom similarity vectors.safetensors king queen cabbage', 'king with each of the others'],
    ],
  })
    .argument('<vectors>', 'a file of word vectors, in any format that convert knows')
    .argument('<word...>', 'a word, and one or more to compare it with')
    .option('--json', 'print JSON')
    .action(similarity)
}

async function similarity(
  path: string,
  [word, ...others]: readonly [string, ...string[]],
  { json }: { json?: true },
): Promise<void> {
  if (others.length === 0)
    throw new WordloomError('usage', `similarity needs two words or more, and there is only "${word}"`)
  const vectors = await openVectors(path)
  tellUnknown(vectors, [word, ...others], {})
  const pairs = others.map(other => pairOf(vectors, word, other))
  if (json) printJson(pairs)
  else print(table(columns, pairs.map(cells), paintFor(process.stdout)))
}

const columns = [
  { title: 'word' },
  { title: 'other' },
  { title: 'similarity', align: 'right' },
  { title: 'rank', align: 'right' },
] as const

interface Pair {
  readonly word: string
  readonly other: string
  readonly similarity: number
  readonly rank: number
}

function pairOf(vectors: WordVectors, word: string, other: string): Pair {
  return { word, other, similarity: vectors.similarity(word, other), rank: vectors.rank(word, other) }
}

function cells({ word, other, similarity, rank }: Pair): string[] {
  return [visible(word), visible(other), similarity.toFixed(4), grouped(rank)]
}
