import { type Command, Option } from 'commander'
import {
  type NearestOptions,
  type UnknownWordPolicy,
  unknownWordPolicies,
  usesSubwords,
  type WordVectors,
} from '../vectors/index.js'
import { warn } from './terminal.js'
import { numberIn, oneOf, positive } from './values.js'

/** What is done about words that the vectors lack. */
export interface UnknownFlag {
  readonly unknown?: UnknownWordPolicy
}

/** Flags of the verbs that answer with words. */
export interface AnswerFlags extends UnknownFlag {
  readonly count: number
  readonly limit?: number
  readonly among?: readonly string[]
  readonly threshold?: number
  readonly json?: true
}

export function addAnswerFlags(command: Command): Command {
  command
    .option('-n, --count <n>', 'how many answers (default 10)', positive, 10)
    .option('--limit <n>', 'answer with the n most frequent words only', positive)
    .option('--among <words>', 'answer with these words only, commas between them', words)
    .option('--threshold <x>', 'answer with words at least so similar only', anyNumber)
  return addUnknownFlag(command).option('--json', 'print JSON')
}

export function addUnknownFlag(command: Command): Command {
  return command.addOption(
    new Option(
      '--unknown <what>',
      'unknown words: throw ends with an error, skip goes on without, subwords makes vectors of their parts ' +
        '(default subwords where the file has them, else throw)',
    ).argParser(oneOf(unknownWordPolicies)),
  )
}

/** The flags as options of a search. */
export function answerOptions(flags: AnswerFlags): NearestOptions {
  const { count, unknown, limit, among, threshold } = flags
  return {
    count,
    ...(unknown !== undefined && { unknown }),
    ...(limit !== undefined && { limit }),
    ...(among !== undefined && { among }),
    ...(threshold !== undefined && { threshold }),
  }
}

/** Says on standard error which words are not in the vocabulary, and what is done about them. */
export function tellUnknown(vectors: WordVectors, words: readonly string[], { unknown }: UnknownFlag): void {
  const missing = words.filter(word => !vectors.has(word))
  const [skipped, composed] = [unknown === 'skip', usesSubwords(vectors, unknown)]
  if (missing.length === 0 || !(skipped || composed)) return
  const what = skipped ? 'skipped, not in the vocabulary' : 'not in the vocabulary, made from sub-words'
  warn(`${what}: ${[...new Set(missing)].join(', ')}`)
}

const anyNumber = numberIn({ kind: 'number', min: -(2 ** 31), max: 2 ** 31 })

function words(text: string): string[] {
  return text.split(',').filter(word => word !== '')
}
