import { type Command, Option } from 'commander'
import {
  type NearestOptions,
  type UnknownWordPolicy,
  unknownWordPolicies,
  type WordVectors,
} from '../vectors/index.js'
import { paintFor, tell, visible } from './terminal.js'
import { numberIn, oneOf, positive } from './values.js'

/** What is done about words that the vectors lack. */
export interface UnknownFlag {
  readonly unknown: UnknownWordPolicy
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
    new Option('--unknown <what>', 'unknown words: throw ends with an error (default), skip goes on without')
      .argParser(oneOf(unknownWordPolicies))
      .default('throw'),
  )
}

/** The flags as options of a search. */
export function answerOptions(flags: AnswerFlags): NearestOptions {
  const { count, unknown, limit, among, threshold } = flags
  return {
    count,
    unknown,
    ...(limit !== undefined && { limit }),
    ...(among !== undefined && { among }),
    ...(threshold !== undefined && { threshold }),
  }
}

/** Says on standard error which words are skipped. */
export function tellSkipped(vectors: WordVectors, words: readonly string[], { unknown }: UnknownFlag): void {
  const skipped = unknown === 'skip' ? words.filter(word => !vectors.has(word)) : []
  if (skipped.length === 0) return
  const name = paintFor(process.stderr)('yellow', 'wordloom:')
  tell(`${name} skipped, not in the vocabulary: ${skipped.map(visible).join(', ')}`)
}

const anyNumber = numberIn({ kind: 'number', min: -(2 ** 31), max: 2 ** 31 })

function words(text: string): string[] {
  return text.split(',').filter(word => word !== '')
}
