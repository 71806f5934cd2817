import { parseArgs } from 'node:util'
import { train, WordloomError } from 'wordloom'
import { WordPrediction } from 'wordloom/prediction'
import type { TrainingOptions } from 'wordloom/training'
import { readText } from './corpus.js'
import { describeMachine, heading, note } from './machine.js'
import { fixed, table } from './table.js'
import { numberFlag } from './variants.js'

export const predictionUsage = `prediction  how well a word is predicted from the words around it, in text that was set aside
  --corpus FILE                      text of one line or more; the last tenth is set aside
  --asked 1000  --reach 5            words to predict, and words to each side that are given`

const common = { dimensions: 60, epochs: 3, minCount: 20, reach: 'full', subsampling: 0, threads: 1 } as const

/** A word of the text set aside, and the words around it. */
interface Gap {
  readonly word: string
  readonly context: readonly string[]
}

export async function prediction(args: readonly string[]): Promise<void> {
  const options = {
    corpus: { type: 'string' },
    asked: { type: 'string' },
    reach: { type: 'string' },
  } as const
  const { values } = parseArgs({ args: [...args], options })
  if (values.corpus === undefined)
    throw new WordloomError('usage', { found: '--corpus is missing', cure: 'name a file of text' })
  const words = await wordsOf(values.corpus)
  const learned = words.slice(0, Math.floor(0.9 * words.length))
  const gaps = gapsIn(
    words.slice(learned.length),
    numberFlag('asked', values.asked, 1000),
    numberFlag('reach', values.reach, 5),
  )
  process.stdout.write(heading('Words predicted from their contexts', [], describeMachine()))
  const rows: string[][] = []
  for (const architecture of ['skip-gram', 'cbow'] as const)
    for (const objective of ['negative-sampling', 'hierarchical-softmax'] as const) {
      const nats = await lossesOf(learned, gaps, { ...common, architecture, objective })
      rows.push([architecture, objective, ...nats.map(one => (Number.isNaN(one) ? '–' : fixed(one, 2)))])
      note(rows.at(-1)!.join('  '))
    }
  process.stdout.write(`\n${table(['architecture', 'objective', 'predict', 'exp(u·h)', 'counts'], rows)}`)
}

async function wordsOf(path: string): Promise<string[]> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const bytes of readText(path)) text += decoder.decode(bytes, { stream: true })
  return text.split(/\s+/).filter(word => word !== '')
}

/** Gaps that lie evenly in the text. */
function gapsIn(words: readonly string[], count: number, reach: number): Gap[] {
  const step = (words.length - 2 * reach) / count
  return Array.from({ length: count }, (_, i) => {
    const at = reach + Math.floor(i * step)
    return {
      word: words[at]!,
      context: [...words.slice(at - reach, at), ...words.slice(at + 1, at + 1 + reach)],
    }
  })
}

/**
 * Mean −ln P of the words in the gaps: as predicted; with the noise taken out again, as if exp(u·h) were the odds (NaN
 * without noise); and by counts.
 */
async function lossesOf(
  words: readonly string[],
  gaps: readonly Gap[],
  options: Partial<TrainingOptions>,
): Promise<number[]> {
  const sentences = Array.from({ length: Math.ceil(words.length / 1000) }, (_, i) =>
    words.slice(1000 * i, 1000 * (i + 1)),
  )
  const { vectors } = await train({ lines: sentences.map(sentence => sentence.join(' ')) }, options)
  const model = new WordPrediction(vectors)
  const { vocabulary } = vectors
  const noise = vocabulary.counts.map(count => count ** 0.75)
  const losses = gaps.flatMap(({ word, context }) => {
    const id = vocabulary.idOf(word)
    const probabilities = id === undefined ? undefined : model.probabilities(context, { unknown: 'skip' })
    if (id === undefined || !probabilities) return []
    const bare = probabilities.map((p, w) => p / noise[w]!)
    return [
      [
        -Math.log(probabilities[id]!),
        options.objective === 'negative-sampling'
          ? -Math.log(bare[id]! / bare.reduce((sum, p) => sum + p, 0))
          : Number.NaN,
        -Math.log(vocabulary.counts[id]! / vocabulary.tokens),
      ],
    ]
  })
  return [0, 1, 2].map(column => losses.reduce((sum, row) => sum + row[column]!, 0) / losses.length)
}
