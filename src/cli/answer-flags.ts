import type { Command } from 'commander'
import { positive } from './values.js'

/** Flags of the verbs that answer with words. */
export interface AnswerFlags {
  readonly count: number
  readonly limit?: number
  readonly json?: true
}

export function addAnswerFlags(command: Command): Command {
  return command
    .option('-n, --count <n>', 'how many answers (default 10)', positive, 10)
    .option('--limit <n>', 'answer with the n most frequent words only', positive)
    .option('--json', 'print JSON')
}
