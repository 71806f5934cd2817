import { type Command, Option } from 'commander'
import { WordloomError } from '../errors.js'
import { type OptionName, optionTable, type TrainingOptions } from '../training/index.js'
import { flagNamed } from './flag-names.js'
import { tied } from './help.js'
import type { Paint } from './terminal.js'
import { isUnbounded, numberIn, oneOf } from './values.js'

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

const names = Object.keys(optionTable) as OptionName[]

/** Adds a flag for every training option: help, default and range come from the table. */
export function addTrainingFlags(command: Command, paint: Paint): void {
  const order = ['The words:', 'The vectors:', otherwise]
  const rank = (name: OptionName) => order.indexOf(headings[name] ?? otherwise)
  for (const name of names.toSorted((a, b) => rank(a) - rank(b))) command.addOption(flagFor(name, paint))
}

function flagFor(name: OptionName, paint: Paint): Option {
  const option = optionTable[name]
  const help = `${option.help} ${paint('dim', tied(`(${factsOf(name)})`))}`
  const flag =
    option.kind === 'flag'
      ? new Option(flagNamed(name), help)
      : option.kind === 'choice'
        ? new Option(`${flagNamed(name)} <name>`, help).argParser(oneOf<string>(option.choices))
        : new Option(`${flagNamed(name)} <n>`, help).argParser(numberIn(option))
  return flag.helpGroup(headings[name] ?? otherwise)
}

/** The default and what else may be given. */
function factsOf(name: OptionName): string {
  const option = optionTable[name]
  if (option.kind === 'flag') return 'default no'
  if (option.kind === 'choice') {
    const others = option.choices.filter(choice => choice !== option.default && !option.help.includes(choice))
    return [`default ${option.default}`, ...others].join(', or ')
  }
  const range = isUnbounded(option.max) ? `${option.min} or more` : `${option.min} to ${option.max}`
  return option.default === option.max && isUnbounded(option.max)
    ? `default: all; ${range}`
    : `default ${option.default}; ${range}`
}

/** The training options among a command's values: those that were given. */
export function trainingOptionsFrom(values: Readonly<Record<string, unknown>>): Partial<TrainingOptions> {
  return Object.fromEntries(names.filter(name => name in values).map(name => [name, values[name]]))
}

/** A complaint about an option, named as in the library, with the flag's name instead. */
export function inFlags(error: unknown): unknown {
  if (!(error instanceof WordloomError)) return error
  if (Object.keys(error.fault).length > 1 || typeof error.fault.found !== 'string') return error
  const message = error.message
    .replace(optionNames, name => flagNamed(name))
    .replace(/(?<=\buse )(?:from|continue)\b|(?<=\bleave out )vocabulary\b/g, name => `--${name}`)
    .replace(/\b(resume|restart): true\b/g, '--$1')
  return new WordloomError(error.code, message, { cause: error })
}

/** minCount anywhere; simd, an English-looking name, only as the subject. */
const optionNames = new RegExp(
  `\\b(?:${names.filter(name => /[A-Z]/.test(name)).join('|')})\\b|^(?:${names.join('|')})(?= is )`,
  'g',
)

/** What a flag of word2vec, gensim or fastText is called here: -ws and --vector-size have other names. */
export function namesake(flag: string): string | undefined {
  const bare = (text: string) => text.replace(/[-_]/g, '').toLowerCase()
  const name = names.find(name =>
    [name, ...Object.values(optionTable[name].elsewhere ?? {})].some(other => bare(other) === bare(flag)),
  )
  return name && flagNamed(name)
}
