import type { Command } from 'commander'
import { VERSION } from '../version.js'
import { paintFor } from './terminal/terminal.js'
import { commandOf, helpCommand } from './verb/command.js'
import { failureList } from './verb/failure.js'
import type { AnyVerb, VerbGroup } from './verb/verb.js'

/** Every verb: to add one is a file and a line here. Only the one that is wanted is loaded. */
export const verbs: Readonly<Record<string, () => Promise<AnyVerb | VerbGroup>>> = {
  check: async () => (await import('./commands/check.js')).check,
  train: async () => (await import('./commands/train.js')).train,
  phrases: async () => (await import('./commands/phrases.js')).phrases,
  walks: async () => (await import('./commands/walks.js')).walks,
  sentences: async () => (await import('./commands/sentences.js')).sentences,
  nearest: async () => (await import('./commands/nearest.js')).nearest,
  search: async () => (await import('./commands/search.js')).search,
  analogy: async () => (await import('./commands/analogy.js')).analogy,
  predict: async () => (await import('./commands/predict.js')).predict,
  similarity: async () => (await import('./commands/similarity.js')).similarity,
  'odd-one-out': async () => (await import('./commands/odd-one-out.js')).oddOneOut,
  evaluate: async () => (await import('./commands/evaluate.js')).evaluate,
  compare: async () => (await import('./commands/compare.js')).compare,
  classes: async () => (await import('./commands/classes.js')).classes,
  ngrams: async () => (await import('./commands/ngrams.js')).ngrams,
  info: async () => (await import('./commands/info.js')).info,
  convert: async () => (await import('./commands/convert.js')).convert,
  join: async () => (await import('./commands/join.js')).join,
  classify: async () => (await import('./commands/classify.js')).classify,
  infer: async () => (await import('./commands/infer.js')).infer,
  map: async () => (await import('./commands/map.js')).map,
  studio: async () => (await import('./commands/studio.js')).studio,
  serve: async () => (await import('./commands/serve.js')).serve,
  equations: async () => (await import('./commands/equations.js')).equations,
  assignment: async () => (await import('./commands/assignment.js')).assignment,
}

/** The version is told without a verb being loaded. */
const VERSION_FLAGS = ['-v', '--version']

/** Does what the arguments say. Throws a WordloomError if they cannot be meant. */
export async function runProgram(given: readonly string[]): Promise<void> {
  const args = helpWithin(withoutHelpOnNothing(given))
  const first = args[0] ?? ''
  const isVerb = Object.hasOwn(verbs, first)
  const program = wordloom()
  const names = isVerb ? [first] : VERSION_FLAGS.includes(first) ? [] : Object.keys(verbs)
  const wanted = await Promise.all(names.map(name => verbs[name]!()))
  for (const verb of wanted) program.addCommand(commandOf(verb))
  if (args.length === 0) return program.outputHelp()
  const [verb] = wanted
  const words = isVerb && 'rewrite' in verb! ? verb.rewrite!(args) : args
  await program.parseAsync(words, { from: 'user' })
}

/** Help on a verb that does not exist is answered as that verb would be: by the nearest one that does. */
function withoutHelpOnNothing(args: readonly string[]): readonly string[] {
  const [first, topic] = args
  const unknown = first === 'help' && topic !== undefined && topic !== 'help' && !Object.hasOwn(verbs, topic)
  return unknown && !topic.startsWith('-') ? args.slice(1) : args
}

/** Help on a verb of a family: `help classify predict` is `classify predict --help`. */
function helpWithin(args: readonly string[]): readonly string[] {
  const [first, family, inner] = args
  const isWithin = first === 'help' && inner !== undefined && !inner.startsWith('-')
  return isWithin && Object.hasOwn(verbs, family!) ? [family!, inner, '--help'] : args
}

function wordloom(): Command {
  const paint = paintFor(process.stdout)
  const program = helpCommand({
    name: 'wordloom',
    summary: 'Learns word vectors from text, and lets you use, judge and convert them.',
    examples: [
      ['wordloom train --demo', 'from prose in node_modules'],
      ['wordloom train corpus.txt -o vectors.safetensors', 'from your own text'],
      ['wordloom nearest vectors.safetensors king queen', 'what was learned'],
    ],
  })
  program.usage('<verb> [options]').enablePositionalOptions()
  program.version(VERSION, VERSION_FLAGS.join(', '), 'print the version')
  program.addHelpText('after', `\n${paint('bold', 'Exit codes:')}\n${failureList()}`)
  return program
}
