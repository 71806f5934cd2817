import { fileURLToPath } from 'node:url'

/** The Stanford Sentiment Treebank's sentences, which are no part of the project. */
export const realTreebank = fileURLToPath(
  new URL('../../../../shared/data/sst/datasetSentences.txt', import.meta.url),
)
export const whyNot = 'the Stanford Sentiment Treebank is not in ../shared'
