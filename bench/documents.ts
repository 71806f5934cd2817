import { parseArgs } from 'node:util'
import { train, WordloomError, type WordVectors } from 'wordloom'
import { DocumentInference } from 'wordloom/documents'
import { tokenize } from 'wordloom/text'
import type { TrainingOptions } from 'wordloom/training'
import { type Halves, halvesOf } from './articles.js'
import { describeMachine, heading, note } from './machine.js'
import { fixed, table } from './table.js'
import { numberFlag } from './variants.js'

export const documentsUsage = `documents  how often a half of an article is found by its other half, beside means of word vectors
  --corpus FILE                      articles: a line "= Title =", then a paragraph a line
  --articles 4000  --asked 300`

const common = { threads: 1, simd: 'fastest', subsampling: 1e-4, minCount: 3, dimensions: 100 } as const

/** Gives the neighbours of a new text among the first halves, best first, by their places. */
type Finder = (text: string) => number[]

const methods: readonly { name: string; prepare(halves: Halves): Promise<Finder> }[] = [
  { name: 'mean of skip-gram vectors, 10 epochs', prepare: halves => byMeans(halves, () => 1) },
  {
    name: 'the same, weighed by a / (a + p), a = 1e-3',
    prepare: halves => byMeans(halves, share => 1e-3 / (1e-3 + share)),
  },
  ...(
    [
      { architecture: 'pv-dbow-skip-gram', epochs: 10, learningRate: 0.025 },
      { architecture: 'pv-dm', epochs: 20, learningRate: 0.05, bagGradient: 'undivided' },
      { architecture: 'pv-dbow', epochs: 20, learningRate: 0.05 },
      { architecture: 'pv-dm', epochs: 10, learningRate: 0.05, bagGradient: 'exact' },
    ] as const
  ).map(options => ({
    name: Object.entries(options)
      .map(([name, value]) => (name === 'architecture' ? value : `${name} ${value}`))
      .join(', '),
    prepare: (halves: Halves) => byDocuments(halves, options),
  })),
]

export async function documents(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      corpus: { type: 'string' },
      articles: { type: 'string' },
      asked: { type: 'string' },
    },
  })
  if (values.corpus === undefined)
    throw new WordloomError('usage', {
      found: '--corpus is missing; name a file of articles: a line "= Title =", then paragraphs',
    })
  const halves = await halvesOf(values.corpus, numberFlag('articles', values.articles, 4000))
  const asked = Math.min(numberFlag('asked', values.asked, 300), halves.second.length)
  process.stdout.write(
    heading(
      'Documents found by their other halves',
      [`${halves.first.length} first halves learned, ${asked} second halves asked`],
      describeMachine(),
    ),
  )
  const rows: string[][] = []
  for (const { name, prepare } of methods) {
    const find = await prepare(halves)
    const ranks = Array.from({ length: asked }, (_, i) => {
      const place = Math.floor((i * halves.second.length) / asked)
      return find(halves.second[place]!).indexOf(place)
    })
    rows.push([name, ...[1, 10].map(most => percent(ranks, most))])
    note(rows.at(-1)!.join('  '))
  }
  process.stdout.write(`\n${table(['method', 'nearest %', 'in ten %'], rows)}`)
}

function percent(ranks: readonly number[], most: number): string {
  return fixed((100 * ranks.filter(rank => rank >= 0 && rank < most).length) / ranks.length, 0)
}

async function byDocuments({ first }: Halves, options: Partial<TrainingOptions>): Promise<Finder> {
  const { vectors, documents: learned } = await train({ lines: first }, { ...common, ...options })
  const inference = new DocumentInference(vectors)
  return text => {
    const vector = inference.infer(text)
    return vector ? learned!.nearest(vector, { count: 10 }).map(({ word }) => Number(word) - 1) : []
  }
}

async function byMeans({ first }: Halves, weightOf: (share: number) => number): Promise<Finder> {
  const { vectors } = await train({ lines: first }, { ...common, epochs: 10 })
  const means = first.map(text => meanOf(text, vectors, weightOf))
  return text => {
    const asked = meanOf(text, vectors, weightOf)
    const scores = means.map((mean, place) => ({
      place,
      score: mean.reduce((sum, x, i) => sum + x * asked[i]!, 0),
    }))
    return scores
      .toSorted((a, b) => b.score - a.score)
      .slice(0, 10)
      .map(({ place }) => place)
  }
}

/** Of length 1. */
function meanOf(text: string, vectors: WordVectors, weightOf: (share: number) => number): Float64Array {
  const { vocabulary } = vectors
  const sum = new Float64Array(vectors.dimensions)
  for (const word of tokenize(text)) {
    const id = vocabulary.idOf(word)
    if (id === undefined) continue
    const weight = weightOf(vocabulary.counts[id]! / vocabulary.tokens)
    vectors.vector(word)!.forEach((x, i) => {
      sum[i]! += weight * x
    })
  }
  const length = Math.hypot(...sum)
  return length > 0 ? sum.map(x => x / length) : sum
}
