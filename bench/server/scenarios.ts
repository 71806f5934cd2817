import type { WordVectors } from 'wordloom/vectors'
import { post } from './connection.js'
import type { ServerKind } from './served.js'

/** A kind of request, and how many texts or words are in one. */
export interface Scenario {
  readonly name: string
  readonly inputs: number
  requests(kind: ServerKind, vectors: WordVectors): Buffer[]
}

/** Different requests of a kind, which are asked in turn. */
const DIFFERENT = 256
const WORDS_A_TEXT = 10

export const scenarios: readonly Scenario[] = [
  {
    name: 'one text of ten words',
    inputs: 1,
    requests: (kind, vectors) =>
      times(DIFFERENT, i => post(kind.embeddings, embeddings(textOf(vectors, i * 8191)))),
  },
  {
    name: '512 texts of ten words',
    inputs: 512,
    requests: (kind, vectors) =>
      times(16, i =>
        post(kind.embeddings, embeddings(times(512, j => textOf(vectors, (i * 512 + j) * 8191)))),
      ),
  },
  {
    name: 'nearest, ten of a word',
    inputs: 1,
    requests: (kind, vectors) =>
      times(DIFFERENT, i => post(kind.nearest, { word: wordAt(vectors, i * 524287), count: 10 })),
  },
]

function embeddings(input: string | string[]): unknown {
  return { model: 'main', input, encoding_format: 'base64' }
}

function textOf(vectors: WordVectors, start: number): string {
  return times(WORDS_A_TEXT, i => wordAt(vectors, start + i * 104729)).join(' ')
}

/** As often as words come in a text, by Zipf’s law: rank r in proportion to 1 / r. */
function wordAt({ vocabulary, size }: WordVectors, draw: number): string {
  const part = (Math.imul(draw + 1, 0x9e3779b1) >>> 0) / 2 ** 32
  return vocabulary.word(Math.floor(size ** part) - 1)
}

function times<Item>(count: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, i) => make(i))
}
