import { evaluate, type WordVectors } from 'wordloom'
import type { Questions } from './corpus.js'

/** Analogies in percent of those whose words are known, and rank correlations with people's judgements. */
export interface Accuracy {
  readonly total: number | null
  readonly semantic: number | null
  readonly syntactic: number | null
  readonly wordSim: number | null
  readonly simLex: number | null
}

/** Analogies among the 30,000 most frequent words, as is customary; pairs among all words. */
export async function accuracyOf(
  vectors: WordVectors,
  { analogies, wordSim, simLex }: Questions,
): Promise<Accuracy> {
  const answers = await evaluate(vectors, analogies, { limit: 30_000 })
  if (answers.kind !== 'analogies') throw new Error(`${analogies} holds no analogies`)
  const percent = (score: { accuracy: number | null }) =>
    score.accuracy === null ? null : score.accuracy * 100
  return {
    total: percent(answers.total),
    semantic: percent(answers.semantic),
    syntactic: percent(answers.syntactic),
    wordSim: await correlation(vectors, wordSim),
    simLex: await correlation(vectors, simLex),
  }
}

async function correlation(vectors: WordVectors, path: string): Promise<number | null> {
  const result = await evaluate(vectors, path)
  if (result.kind !== 'similarity') throw new Error(`${path} holds no pairs of words`)
  return result.spearman
}
