import type { Command } from 'commander'
import { checkTestVectors } from '../../equations/index.js'
import { WordloomError } from '../../errors.js'
import { refuseDifferences, reportTable, TOLERANCE } from '../equations-report.js'
import { readJson } from '../json-file.js'
import { print, printJson } from '../terminal.js'
import { verb } from '../verb.js'
import { costCommand } from './equations-cost.js'

export function equationsCommand(): Command {
  const command = verb({
    name: 'equations',
    summary: 'check numbers against the equations, and time them',
    description:
      'The equations of word2vec in float64: to check your own against, and to see what each costs.',
    examples: [
      ['wordloom equations check values.json', 'your numbers against ours'],
      ['wordloom equations cost', 'softmax against negative sampling'],
    ],
  })
  return command.usage('<check|cost>').addCommand(checkCommand()).addCommand(costCommand())
}

function checkCommand(): Command {
  return verb({
    name: 'check',
    summary: 'compare losses and gradients with the equations',
    description:
      'Computes every loss, gradient and probability in a file of test vectors from its inputs, and tells the ' +
      `largest difference of each case. A difference over ${TOLERANCE} ends with exit code 65.`,
    examples: [
      ['wordloom equations check values.json', 'a line for each case'],
      ['wordloom equations check values.json --json', 'every quantity, as JSON'],
    ],
  })
    .argument('<values>', 'test vectors as JSON; docs/equations.md has the format')
    .option('--json', 'print JSON')
    .action(check)
}

async function check(path: string, flags: { readonly json?: true }): Promise<void> {
  const report = namingFile(path, checkTestVectors, await readJson(path))
  if (flags.json) printJson({ tolerance: TOLERANCE, ...report })
  else print(reportTable(report))
  refuseDifferences(path, report)
}

function namingFile<T>(path: string, use: (json: unknown) => T, json: unknown): T {
  try {
    return use(json)
  } catch (error) {
    if (!(error instanceof WordloomError)) throw error
    throw new WordloomError(error.code, `${path}: ${error.message}`, { cause: error })
  }
}
