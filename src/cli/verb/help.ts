import type { Command, Help, Option } from 'commander'
import { type Paint, paintFor } from '../terminal/terminal.js'

/** A command line to copy, and what it does. */
export type Example = readonly [line: string, meaning: string]

/** A space at which no line is broken, until the help is whole. */
const TIED = '\ue000'

/** Keeps text on one line of the help. */
export function tied(text: string): string {
  return text.replaceAll(' ', TIED)
}

/** How help looks: what it is, usage, arguments, verbs, then options under their headings. */
export function helpStyle(): Partial<Help> {
  const paint = paintFor(process.stdout)
  return {
    helpWidth: Math.min(process.stdout.columns || 80, 100),
    formatHelp: (command, helper) => formatHelp(command, helper, paint),
    visibleCommands: command => [...command.commands],
    subcommandTerm: termOf,
    optionDescription: option => option.description,
    styleSubcommandTerm: text => text.replace(/^\S+/, name => paint('cyan', name)),
    styleOptionText: text => paint('cyan', text),
    styleArgumentText: text => paint('cyan', text),
  }
}

/** Characters of a verb and what it takes that leave room for what it does. */
const LONGEST_TERM = 34

/** A verb and what it takes; of many verbs in one, no list. */
function termOf(command: Command): string {
  const term = `${command.name()} ${command.usage().replace('[options] ', '')}`
  return term.length > LONGEST_TERM && term.includes('|') ? `${command.name()} <verb>` : term
}

function formatHelp(command: Command, helper: Help, paint: Paint): string {
  const width = helper.padWidth(command, helper)
  const item = (term: string, description: string) => helper.formatItem(term, width, description, helper)
  const section = (title: string, items: readonly string[]) =>
    items.length > 0 ? [[paint('bold', title), ...items].join('\n')] : []
  const sections = [
    helper.boxWrap(command.description(), helper.helpWidth ?? 80),
    `${paint('bold', 'Usage:')} ${helper.commandUsage(command)}`,
    ...section(
      'Arguments:',
      helper
        .visibleArguments(command)
        .map(argument =>
          item(helper.styleArgumentTerm(helper.argumentTerm(argument)), helper.argumentDescription(argument)),
        ),
    ),
    ...section(
      'Verbs:',
      helper
        .visibleCommands(command)
        .map(verb => item(helper.styleSubcommandTerm(helper.subcommandTerm(verb)), verb.summary())),
    ),
    ...grouped(helper.visibleOptions(command)).flatMap(([title, options]) =>
      section(
        title,
        options.map(option => item(helper.styleOptionTerm(option.flags), helper.optionDescription(option))),
      ),
    ),
  ]
  return `${sections.join('\n\n').replaceAll(TIED, ' ')}\n`
}

/** Options under their headings, in the order in which the headings came first. */
function grouped(options: readonly Option[]): [string, Option[]][] {
  const groups = new Map<string, Option[]>()
  for (const option of options) {
    const title = option.helpGroupHeading ?? [...groups.keys()].at(-1) ?? 'Options:'
    groups.set(title, [...(groups.get(title) ?? []), option])
  }
  return [...groups]
}

/** Lines to copy, with their meanings beside them, or below if a line of 80 columns is too short for both. */
export function exampleList(title: string, examples: readonly Example[], paint: Paint): string {
  const width = Math.max(...examples.map(([line]) => line.length))
  const fits = examples.every(([, meaning]) => width + meaning.length + 4 <= 80)
  const lines = examples.map(([line, meaning]) =>
    fits ? `  ${line.padEnd(width)}  ${paint('dim', meaning)}` : `  ${line}\n      ${paint('dim', meaning)}`,
  )
  return `${paint('bold', title)}\n${lines.join('\n')}`
}
