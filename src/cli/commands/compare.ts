import { compareModels, comparisonOptionTable } from '../../comparison/index.js'
import { openVectors } from '../files/open-vectors.js'
import { vectorsInput } from '../flags/inputs.js'
import { changeTable } from '../tables/change-table.js'
import { chosen } from '../verb/flags.js'
import { verb } from '../verb/verb.js'

export const compare = verb({
  name: 'compare',
  summary: 'find the words that moved from one model to another',
  description:
    'Lays one model on the other with a rotation (orthogonal Procrustes) and lists the words that moved ' +
    'most, or the given ones: drift is 1 − cosine after the rotation, kept counts the neighbours in ' +
    'both models, and those in one only are named.',
  examples: [
    ['wordloom compare 1990s.safetensors 2010s.safetensors', 'the words that moved most'],
    ['wordloom compare old.bin new.bin cell cloud', 'how these words moved'],
  ],
  inputs: {
    before: vectorsInput,
    after: { ...vectorsInput, help: 'another one of as many dimensions' },
    word: { many: true, optional: true, help: 'words to list' },
  },
  flags: comparisonOptionTable,
  async run({ before, after, word: words }, flags) {
    const models = [await openVectors(before), await openVectors(after)] as const
    const { count, ...others } = chosen(comparisonOptionTable, flags)
    const listed = words.length > 0 ? { words } : count === undefined ? {} : { count }
    const comparison = compareModels(...models, { ...others, ...listed })
    return { json: { before, after, ...comparison }, text: () => changeTable(comparison) }
  },
})
