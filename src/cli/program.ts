import type { Command } from 'commander'
import { VERSION } from '../version.js'
import { failureList } from './failure.js'
import { expandSigns } from './signs.js'
import { paintFor } from './terminal.js'
import { verb } from './verb.js'

/** Every verb: to add one is a file and a line here. Only the one that is wanted is loaded. */
const verbs: Readonly<Record<string, () => Promise<Command>>> = {
  train: async () => (await import('./commands/train.js')).trainCommand(),
  phrases: async () => (await import('./commands/phrases.js')).phrasesCommand(),
  walks: async () => (await import('./commands/walks.js')).walksCommand(),
  sentences: async () => (await import('./commands/sentences.js')).sentencesCommand(),
  nearest: async () => (await import('./commands/nearest.js')).nearestCommand(),
  analogy: async () => (await import('./commands/analogy.js')).analogyCommand(),
  similarity: async () => (await import('./commands/similarity.js')).similarityCommand(),
  'odd-one-out': async () => (await import('./commands/odd-one-out.js')).oddOneOutCommand(),
  evaluate: async () => (await import('./commands/evaluate.js')).evaluateCommand(),
  compare: async () => (await import('./commands/compare.js')).compareCommand(),
  convert: async () => (await import('./commands/convert.js')).convertCommand(),
  infer: async () => (await import('./commands/infer.js')).inferCommand(),
  map: async () => (await import('./commands/map.js')).mapCommand(),
  studio: async () => (await import('./commands/studio.js')).studioCommand(),
  equations: async () => (await import('./commands/equations.js')).equationsCommand(),
  assignment: async () => (await import('./commands/assignment.js')).assignmentCommand(),
}

/** Does what the arguments say. Throws a WordloomError where they cannot be meant. */
export async function runProgram(given: readonly string[]): Promise<void> {
  const args = withoutHelpOnNothing(given)
  const first = args[0] ?? ''
  const program = wordloom()
  const wanted = Object.hasOwn(verbs, first) ? [first] : Object.keys(verbs)
  for (const name of wanted) program.addCommand(await verbs[name]!())
  if (args.length === 0) return program.outputHelp()
  await program.parseAsync(first === 'nearest' ? expandSigns(args) : args, { from: 'user' })
}

/** Help on a verb that does not exist is answered as that verb would be: by the nearest one that does. */
function withoutHelpOnNothing(args: readonly string[]): readonly string[] {
  const [first, topic] = args
  const unknown = first === 'help' && topic !== undefined && topic !== 'help' && !Object.hasOwn(verbs, topic)
  return unknown && !topic.startsWith('-') ? args.slice(1) : args
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
  program.version(VERSION, '-v, --version', 'print the version')
  program.addHelpText('after', `\n${paint('bold', 'Exit codes:')}\n${failureList()}`)
  return program
}
