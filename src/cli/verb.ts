import { Command, CommanderError } from 'commander'
import { WordloomError } from '../errors.js'
import { type Example, exampleList, helpStyle } from './help.js'
import { paintFor } from './terminal.js'

/** What a verb's help says. */
export interface VerbHelp {
  readonly name: string
  /** One phrase, for the list of verbs. */
  readonly summary: string
  /** What to know before using it; the summary if there is no more. */
  readonly description?: string
  /** Command lines to copy, each with what it does. */
  readonly examples: readonly Example[]
  /** What a flag of another program is called here. */
  readonly namesake?: (flag: string) => string | undefined
}

/** A command whose help shows its examples and whose mistakes become WordloomErrors. */
export function verb(help: VerbHelp): Command {
  const { name, summary, description = summary, examples } = help
  const command = new Command(name).summary(summary).description(description)
  command.helpOption('-h, --help', 'show this')
  command.configureHelp(helpStyle())
  command.configureOutput({ writeErr: text => process.stdout.write(text), outputError: () => {} })
  command.addHelpText('after', `\n${exampleList('Examples:', examples, paintFor(process.stdout))}`)
  command.exitOverride(error => {
    throw asUsageError(error, command, help)
  })
  return command
}

/** Commander's complaint in our words. What is no complaint (help was asked for) passes as it is. */
function asUsageError(error: CommanderError, command: Command, help: VerbHelp): Error {
  const example = help.examples[0]?.[0]
  const name = pathOf(command)
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? ''
  const guess = help.namesake?.(quoted) ?? /\(Did you mean (.+)\?\)/.exec(error.message)?.[1]
  const hint = guess ? `did you mean ${guess}?` : `see ${name} --help`
  const invalid = /^error: option '(.+?)' argument '(.*)' is invalid\. (.*)$/s.exec(error.message)
  const sentences: Record<string, () => string> = {
    'commander.unknownCommand': () => `there is no verb "${quoted}"; ${hint}`,
    'commander.unknownOption': () => `there is no option ${quoted}; ${hint}`,
    'commander.missingArgument': () => `${command.name()} needs <${quoted}>; for example: ${example}`,
    'commander.excessArguments': () =>
      `${command.name()} takes ${command.registeredArguments.length} arguments and was given ${command.args.length}; for example: ${example}`,
    'commander.optionMissingArgument': () => `the option ${quoted} needs a value`,
    'commander.invalidArgument': () => `${flagOf(invalid?.[1])} is "${invalid?.[2]}"; ${invalid?.[3]}`,
  }
  if (error.exitCode === 0 || error.code === 'commander.help')
    return new CommanderError(0, error.code, error.message)
  const sentence = sentences[error.code]?.() ?? error.message.replace(/^error: /, '')
  return new WordloomError('usage', sentence, { cause: error })
}

/** "wordloom train" */
function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name()
}

/** '-n, --count <n>' → '--count' */
function flagOf(flags = ''): string {
  return /--[\w-]+/.exec(flags)?.[0] ?? flags
}
