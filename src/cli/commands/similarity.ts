import { WordloomError } from '../../errors.js'
import type { WordVectors } from '../../vectors/index.js'
import { openVectors } from '../files/open-vectors.js'
import { tellUnknown } from '../flags/answers.js'
import { vectorsInput } from '../flags/inputs.js'
import { grouped } from '../terminal/figures.js'
import { table } from '../terminal/table.js'
import { paintFor, visible } from '../terminal/terminal.js'
import { verb } from '../verb/verb.js'

export const similarity = verb({
  name: 'similarity',
  summary: 'measure how alike two words are',
  description:
    'The cosine between a word and each of the others, and the rank of each among all neighbours of the word ' +
    '(1 is the nearest).',
  examples: [
    ['wordloom similarity vectors.safetensors king queen', 'one pair'],
    ['wordloom similarity vectors.safetensors king queen cabbage', 'king with each of the others'],
  ],
  inputs: { vectors: vectorsInput, word: { many: true, help: 'a word, and one or more to compare it with' } },
  flags: {},
  plan({ word: [word, ...others] }) {
    if (others.length > 0) return {}
    throw new WordloomError('usage', {
      found: `there is only "${word}"`,
      expected: 'two words or more',
    })
  },
  async run({ vectors: path, word: [word, ...others] }) {
    const vectors = await openVectors(path)
    tellUnknown(vectors, [word, ...others], {})
    const pairs = others.map(other => pairOf(vectors, word, other))
    return { json: pairs, text: () => table(columns, pairs.map(cells), paintFor(process.stdout)) }
  },
})

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
