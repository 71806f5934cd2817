import { WordloomError } from '../../errors.js'
import { openVectors } from '../files/open-vectors.js'
import { vectorsInput } from '../flags/inputs.js'
import { visible } from '../terminal/terminal.js'
import { verb } from '../verb/verb.js'

export const ngrams = verb({
  name: 'ngrams',
  summary: 'list the n-grams of a word with their vectors',
  description:
    'Lists the n-grams of which the vector of a word is made, a line each with its numbers, as fastText’s print-ngrams ' +
    'does. The vectors must have sub-words.',
  examples: [['wordloom ngrams vectors.bin unbelievable', 'its parts and their numbers']],
  inputs: { vectors: vectorsInput, word: { help: 'a word, in the vocabulary or not' } },
  flags: {},
  async run({ vectors: path, word }) {
    const { subwords } = await openVectors(path)
    if (!subwords)
      throw new WordloomError('bad-data', {
        action: 'list n-grams',
        place: { file: path },
        found: 'these vectors have no sub-words',
        cure: 'give those of fastText’s .bin files, or of wordloom train --subwords',
      })
    const found = subwords.parts(word).map(({ vector, ...part }) => ({
      ...part,
      vector: Array.from(vector, x => Number(x.toPrecision(7))),
    }))
    return {
      json: found,
      text: () => found.map(({ ngram, vector }) => `${visible(ngram)} ${vector.join(' ')}`).join('\n'),
    }
  },
})
