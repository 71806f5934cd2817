import { namesakeIn } from '../../options/index.js'
import { type OptionName, optionTable } from '../../training/index.js'
import { flagNamed } from '../verb/flag-names.js'

/** Where each option stands in the help. */
const headings: Readonly<Partial<Record<OptionName, string>>> = {
  tokenizer: 'The words:',
  minCount: 'The words:',
  maxWords: 'The words:',
  architecture: 'The vectors:',
  objective: 'The vectors:',
  bag: 'The vectors:',
  bagGradient: 'The vectors:',
  subwords: 'The vectors:',
  minNgram: 'The vectors:',
  maxNgram: 'The vectors:',
  buckets: 'The vectors:',
  dimensions: 'The vectors:',
  window: 'The vectors:',
  reach: 'The vectors:',
  negativeSamples: 'The vectors:',
  noiseExponent: 'The vectors:',
  subsampling: 'The vectors:',
}
const otherwise = 'The training:'
const order = ['The words:', 'The vectors:', otherwise]

const names = Object.keys(optionTable) as OptionName[]

/** A flag for every training option, under its heading. */
export const trainingFlags = Object.fromEntries(
  names
    .map(name => [name, { ...optionTable[name], heading: headings[name] ?? otherwise }] as const)
    .toSorted(([, a], [, b]) => order.indexOf(a.heading) - order.indexOf(b.heading)),
) as unknown as typeof optionTable

/** What a flag of word2vec, gensim or fastText is called here: -ws and --vector-size have other names. */
export function namesake(flag: string): string | undefined {
  const name = namesakeIn(optionTable, flag)
  return name && flagNamed(name as OptionName)
}
