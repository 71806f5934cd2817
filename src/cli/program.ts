import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { analogyCommand } from './commands/analogy.js'
import { convertCommand } from './commands/convert.js'
import { equationsCommand } from './commands/equations.js'
import { evaluateCommand } from './commands/evaluate.js'
import { expandSigns, nearestCommand } from './commands/nearest.js'
import { trainCommand } from './commands/train.js'
import { failureList } from './failure.js'
import { paintFor } from './terminal.js'
import { verb } from './verb.js'

/** Does what the arguments say. Throws a WordloomError where they cannot be meant. */
export async function runProgram(args: readonly string[]): Promise<void> {
  const program = wordloom()
  if (args.length === 0) return program.outputHelp()
  await program.parseAsync(args[0] === 'nearest' ? expandSigns(args) : args, { from: 'user' })
}

function wordloom(): Command {
  const paint = paintFor(process.stdout)
  const program = verb({
    name: 'wordloom',
    summary: 'Learns word vectors from text, and lets you use, judge and convert them.',
    examples: [
      ['wordloom train --demo', 'from prose in node_modules'],
      ['wordloom train corpus.txt -o vectors.safetensors', 'from your own text'],
      ['wordloom nearest vectors.safetensors king queen', 'what was learned'],
    ],
  })
  program.usage('<verb> [options]').enablePositionalOptions()
  program.version(version(), '-v, --version', 'print the version')
  program.addHelpText('after', `\n${paint('bold', 'Exit codes:')}\n${failureList()}`)
  const verbs = [
    trainCommand(),
    nearestCommand(),
    analogyCommand(),
    evaluateCommand(),
    convertCommand(),
    equationsCommand(),
  ]
  for (const command of verbs) program.addCommand(command)
  return program
}

function version(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}
