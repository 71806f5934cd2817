import { worthPacking } from '../../ids/index.js'
import { type EncodedCorpus, Vocabulary, VocabularyBuilder } from '../../text/index.js'
import type { TrainingOptions } from '../options/options.js'

type Limits = Pick<TrainingOptions, 'minCount' | 'maxWords' | 'keepWords' | 'maxTokenBytes'>

/** The text numbered by the words that training keeps; its ids are numbered anew in their place. */
export function numberedFor(corpus: EncodedCorpus, limits: Limits): EncodedCorpus {
  const { vocabulary: all, ids } = corpus
  const builder = new VocabularyBuilder()
  for (let id = 0; id < all.size; id++) {
    const word = all.bytes(id)
    builder.add(word, 0, word.length, all.counts[id]!)
  }
  const { minCount, maxWords, maxTokenBytes, keepWords } = limits
  const keep = keepWords && Vocabulary.of(new Set(keepWords))
  const { vocabulary, ids: table } = builder.finish({ minCount, maxWords, maxTokenBytes, keep })
  if (vocabulary.size >= 2) ids.renumber([table], worthPacking(vocabulary.counts))
  return { ...corpus, vocabulary }
}
