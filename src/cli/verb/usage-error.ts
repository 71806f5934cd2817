import { type Command, CommanderError } from 'commander'
import { option, say, WordloomError, type Words } from '../../errors.js'
import type { VerbHelp } from './verb.js'

interface Complaint {
  readonly found: Words
  readonly cure: Words
}

/** Commander's complaint in our words. What is no complaint (help was asked for) passes as it is. */
export function asUsageError(error: CommanderError, command: Command, help: VerbHelp): Error {
  if (error.exitCode === 0 || error.code === 'commander.help')
    return new CommanderError(0, error.code, error.message)
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? ''
  const guess = help.namesake?.(quoted) ?? /\(Did you mean (.+)\?\)/.exec(error.message)?.[1]
  const complaint = complaints(quoted, guess, command, help)[error.code]?.()
  const fault = complaint ?? { found: error.message.replace(/^error: /, ''), cure: seeHelp(command) }
  return new WordloomError('usage', fault, { cause: error })
}

/** By commander's codes. */
function complaints(
  quoted: string,
  guess: string | undefined,
  command: Command,
  help: VerbHelp,
): Readonly<Record<string, () => Complaint>> {
  const other = help.verbWith?.(quoted)
  const hint = guess ? `did you mean ${guess}?` : seeHelp(command)
  const example = `for example: ${help.examples[0]?.[0]}`
  const name = pathOf(command).replace(/^\S+ /, '') // without the program's
  return {
    'commander.unknownCommand': () => ({ found: `there is no verb "${quoted}"`, cure: hint }),
    'commander.unknownOption': () => ({
      found: `there is no option ${quoted}`,
      cure: other ? `leave it out, since ${quoted} belongs to ${other}` : hint,
    }),
    'commander.missingArgument': () => ({ found: `${name} needs <${quoted}>`, cure: example }),
    'commander.missingMandatoryOptionValue': () => ({
      found: `${name} needs ${flagOf(quoted)}`,
      cure: example,
    }),
    'commander.excessArguments': () => ({
      found: `${name} takes ${counted(command.registeredArguments.length)}, and ${command.args.length} ${command.args.length === 1 ? 'was' : 'were'} given`,
      cure: example,
    }),
    'commander.optionMissingArgument': () => ({
      found: say`${option(flagOf(quoted))} has no value`,
      cure: seeHelp(command),
    }),
  }
}

function seeHelp(command: Command): string {
  return `see ${pathOf(command)} --help`
}

function counted(count: number): string {
  return count === 1 ? '1 argument' : `${count || 'no'} arguments`
}

/** "wordloom train" */
function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name()
}

/** '-n, --count <n>' → '--count' */
function flagOf(flags: string): string {
  return /--[\w-]+/.exec(flags)?.[0] ?? flags
}
