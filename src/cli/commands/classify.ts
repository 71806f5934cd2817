import type { VerbGroup } from '../verb/verb.js'
import { explain } from './classify-explain.js'
import { predict } from './classify-predict.js'
import { testOn } from './classify-test.js'
import { train } from './classify-train.js'

export const classify: VerbGroup = {
  name: 'classify',
  summary: 'label texts: train a classifier, use it, test it, ask it why',
  description:
    'A classifier labels a text by the mean of the rows of its words and n-grams, as fastText does, whose .bin and .ftz ' +
    'files are read as well.',
  examples: [
    ['wordloom classify train reviews.txt -o model.safetensors', 'from lines with labels'],
    ['wordloom classify test model.safetensors others.txt', 'how good is it?'],
    ['wordloom classify predict lid.176.ftz letters.txt', 'a label for each line'],
    ['wordloom classify explain model.safetensors "a lovely film"', 'which words spoke for it'],
  ],
  verbs: [train, predict, testOn, explain],
}
