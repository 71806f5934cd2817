import { type Command, Option } from 'commander'
import { WordloomError } from '../errors.js'
import { type OptionName, optionTable, type TrainingOptions } from '../training/index.js'
import type { Paint } from './terminal.js'
import { isUnbounded, numberIn, oneOf } from './values.js'

/** Where each option stands in the help. */
const headings: Readonly<Record<OptionName, string>> = {
  tokenizer: 'The words:',
  minCount: 'The words:',
  maxWords: 'The words:',
  dimensions: 'The vectors:',
  window: 'The vectors:',
  negativeSamples: 'The vectors:',
  noiseExponent: 'The vectors:',
  subsampling: 'The vectors:',
  epochs: 'The training:',
  learningRate: 'The training:',
  minLearningRate: 'The training:',
  seed: 'The training:',
  threads: 'The training:',
  simd: 'The training:',
}

const names = Object.keys(headings) as OptionName[]

/** Adds a flag for every training option: help, default and range come from the table. */
export function addTrainingFlags(command: Command, paint: Paint): void {
  for (const name of names) command.addOption(flagFor(name, paint))
}

function flagFor(name: OptionName, paint: Paint): Option {
  const option = optionTable[name]
  const facts = paint('dim', `(${factsOf(name)})`)
  if (option.kind === 'choice') {
    return new Option(`--${kebab(name)} <name>`, `${option.help} ${facts}`)
      .helpGroup(headings[name])
      .argParser(oneOf<string>(option.choices))
  }
  return new Option(`--${kebab(name)} <n>`, `${option.help} ${facts}`)
    .helpGroup(headings[name])
    .argParser(numberIn(option))
}

function factsOf(name: OptionName): string {
  const option = optionTable[name]
  if (option.kind === 'choice') return `${option.choices.join(', ')}; default ${option.default}`
  const unbounded = isUnbounded(option.max)
  const range = unbounded ? `${option.min} or more` : `${option.min} to ${option.max}`
  return option.default === option.max ? `${range}; default: all` : `${range}; default ${option.default}`
}

/** The training options among a command's values: those that were given. */
export function trainingOptionsFrom(values: Readonly<Record<string, unknown>>): Partial<TrainingOptions> {
  return Object.fromEntries(names.filter(name => name in values).map(name => [name, values[name]]))
}

/**
 * A complaint about an option named as in the library, with the flag's name instead; and about a flag of
 * another trainer (--vector-size, -ws), with what it is called here.
 */
export function inFlags(error: unknown): unknown {
  if (!(error instanceof WordloomError)) return error
  const stranger = /^there is no option (-\S+);/.exec(error.message)?.[1]
  const native = stranger && namesake(stranger)
  const message = native
    ? `there is no option ${stranger}; here it is called --${kebab(native)}`
    : error.message.replace(camelCase, name => `--${kebab(name)}`)
  return new WordloomError(error.code, message, { cause: error.cause ?? error })
}

const camelCase = new RegExp(`\\b(${names.filter(name => /[A-Z]/.test(name)).join('|')})\\b`, 'g')

function namesake(flag: string): OptionName | undefined {
  const bare = (text: string) => text.replace(/[-_]/g, '').toLowerCase()
  return names.find(name =>
    Object.values(optionTable[name].elsewhere ?? {}).some(other => bare(other) === bare(flag)),
  )
}

/** negativeSamples → negative-samples */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
}
