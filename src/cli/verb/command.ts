import { Command, type CommanderError } from 'commander'
import { removePartials } from '../../files/index.js'
import { loadOptionTable } from '../../formats/index.js'
import { boundVectors } from '../files/open-vectors.js'
import { openOutputs, type Report } from '../files/output-files.js'
import { lockFor } from '../files/output-lock.js'
import { hushReading } from '../terminal/reading-bar.js'
import { paintFor } from '../terminal/terminal.js'
import { optionsOf } from './flag-options.js'
import type { Flags } from './flags.js'
import { exampleList, helpStyle, tied } from './help.js'
import { asUsageError } from './usage-error.js'
import type { Answer, AnyVerb, Input, Plan, VerbGroup, VerbHelp } from './verb.js'

type Line = Readonly<Record<string, unknown>>

/** A verb, or a family of them, as commander runs it. */
export function commandOf(verb: AnyVerb | VerbGroup): Command {
  return 'verbs' in verb ? groupCommand(verb) : verbCommand(verb)
}

/** A command whose help shows its examples and whose mistakes become WordloomErrors. */
export function helpCommand(help: VerbHelp): Command {
  const { name, summary, description = summary, examples, appendix } = help
  const command = new Command(name).summary(summary).description(description)
  command.helpOption('-h, --help', 'show this')
  command.configureHelp(helpStyle())
  command.configureOutput({ writeErr: text => process.stdout.write(text), outputError: () => {} })
  command.addHelpText('after', `\n${exampleList('Examples:', examples, paintFor(process.stdout))}`)
  if (appendix) command.addHelpText('after', () => `\n${appendix()}`)
  command.exitOverride((error: CommanderError) => {
    throw asUsageError(error, command, help)
  })
  return command
}

function groupCommand(group: VerbGroup): Command {
  const command = helpCommand(group).usage(`<${group.verbs.map(({ name }) => name).join('|')}>`)
  for (const verb of group.verbs) command.addCommand(commandOf(verb))
  return command
}

function verbCommand(verb: AnyVerb): Command {
  const command = helpCommand(verb)
  const paint = paintFor(process.stdout)
  const flags: Flags = {
    ...verb.flags,
    ...(readsVectors(verb) && { maxDecompressed: loadOptionTable.maxDecompressed }),
    json: { kind: 'flag', default: false, help: 'print JSON' },
  }
  for (const [name, input] of Object.entries(verb.inputs)) command.argument(placeOf(name, input), input.help)
  for (const option of optionsOf(flags, facts => paint('dim', together(`(${facts})`))))
    command.addOption(option)
  return command.action(async (...given: unknown[]) => {
    const names = Object.keys(verb.inputs)
    const inputs = Object.fromEntries(names.map((name, i) => [name, given[i]]))
    await perform(verb, inputs, given[names.length] as Line)
  })
}

function readsVectors({ inputs }: AnyVerb): boolean {
  return Object.values(inputs).some(({ areVectors }) => areVectors)
}

/** On one line of the help, unless it is long. */
function together(facts: string): string {
  return facts.length > 40 ? facts : tied(facts)
}

/** <vectors>, [word...] */
function placeOf(name: string, { many, optional }: Input): string {
  const inner = many ? `${name}...` : name
  return optional ? `[${inner}]` : `<${inner}>`
}

/**
 * The life of every verb: what cannot be meant is refused, outputs are looked at and locked, the work is done, and the
 * answer is printed.
 */
async function perform(verb: AnyVerb, inputs: Line, flags: Line): Promise<void> {
  if (flags.json || flags.quiet) hushReading()
  if (flags.maxDecompressed !== undefined) boundVectors(flags.maxDecompressed as number)
  const plan: Plan = (await verb.plan?.(inputs as never, flags as never)) ?? {}
  const writes = plan.writes ?? filesOf(verb, inputs, flags, 'write')
  const reads = [...filesOf(verb, inputs, flags, 'read'), ...(plan.reads ?? [])]
  const report = await openOutputs(writes, reads)
  const lock = plan.lock && (await lockFor(plan.lock, reads, writes))
  try {
    if (lock) await removePartials(writes.filter(path => path !== undefined))
    const answer = await verb.run(inputs as never, flags as never, { plan, report })
    if (answer) tellAnswer(answer, flags, report)
  } finally {
    await lock?.release()
  }
}

function tellAnswer({ json, text, verdict }: Answer, flags: Line, report: Report): void {
  if (flags.json) report.printJson(json)
  else if (!flags.quiet) report.print(text())
  verdict?.()
}

/** The files that the line names, of those that are read or of those that are written. */
function filesOf(verb: AnyVerb, inputs: Line, flags: Line, use: 'read' | 'write'): (string | undefined)[] {
  const isFile = (flag: Flags[string]) =>
    flag.kind === 'texts'
      ? Boolean(flag.areFiles) && use === 'read'
      : flag.kind === 'file' && flag.use === use && !flag.replaceable
  const named = [
    ...Object.entries(verb.inputs).flatMap(([name, { file }]) => (file === use ? [inputs[name]] : [])),
    ...Object.entries(verb.flags).flatMap(([name, flag]) => (isFile(flag) ? [flags[name]] : [])),
  ]
  return named.flat().filter(path => typeof path === 'string')
}
