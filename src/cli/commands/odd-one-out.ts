import { WordloomError } from '../../errors.js'
import { openVectors } from '../files/open-vectors.js'
import { tellUnknown, unknownFlag } from '../flags/answers.js'
import { vectorsInput } from '../flags/inputs.js'
import { neighborTable } from '../tables/neighbor-table.js'
import { chosen } from '../verb/flags.js'
import { verb } from '../verb/verb.js'

export const oddOneOut = verb({
  name: 'odd-one-out',
  summary: 'find the word that does not go with the others',
  description: 'Names the word farthest from the mean of them all, and lists them by their cosine to it.',
  examples: [['wordloom odd-one-out vectors.safetensors breakfast cereal dinner lunch', 'cereal']],
  inputs: { vectors: vectorsInput, word: { many: true, help: 'three words or more' } },
  flags: unknownFlag,
  plan({ word: words }) {
    const twice = words.find((word, i) => words.indexOf(word) < i)
    if (twice === undefined) return {}
    throw new WordloomError('usage', {
      found: `the word "${twice}" is given twice`,
      expected: 'different words, of which one does not go with the others',
    })
  },
  async run({ vectors: path, word: words }, flags) {
    const vectors = await openVectors(path)
    const options = chosen(unknownFlag, flags)
    tellUnknown(vectors, words, options)
    const odd = vectors.oddOneOut(words, options)
    const centrality = vectors.centrality(words, options)
    return {
      json: { oddOneOut: odd, centrality },
      text: () => neighborTable(`${odd} does not go with the others`, centrality),
    }
  },
})
