import { execFileSync } from 'node:child_process'
import { WordloomError } from 'wordloom'
import { completeOptions, type OptionName, optionTable, type TrainingOptions } from 'wordloom/training'

/** One way to train: a Node binary and training options. */
export interface Variant {
  readonly node: string
  /** Of that Node. */
  readonly version: string
  readonly options: Partial<TrainingOptions>
}

/** Training options that may be given as lists, each with the flag's text. */
export type OptionLists = Partial<Record<OptionName, string>>

/** Flags that every command knows, for node:util's parseArgs. */
export const sharedFlags = {
  corpus: { type: 'string' },
  megabytes: { type: 'string' },
  rounds: { type: 'string' },
  node: { type: 'string', multiple: true },
  json: { type: 'string' },
  dimensions: { type: 'string', default: '100' },
  threads: { type: 'string', default: '1' },
  schedule: { type: 'string', default: 'auto' },
  simd: { type: 'string', default: 'plain' },
  subsampling: { type: 'string', default: '0.001' },
  parts: { type: 'string' },
  'min-count': { type: 'string' },
  'held-out': { type: 'string' },
} as const

/** Training options that stay as they are unless a list of them is given. */
export function furtherLists(values: {
  parts?: string
  'min-count'?: string
  'held-out'?: string
}): OptionLists {
  const lists = { parts: values.parts, minCount: values['min-count'], heldOut: values['held-out'] }
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list !== undefined)) as OptionLists
}

/** Every combination of the listed options, the first list varying slowest. Throws `usage` for what is out of range. */
export function combinations(lists: OptionLists): Partial<TrainingOptions>[] {
  let all: Record<string, unknown>[] = [{}]
  for (const [name, text] of Object.entries(lists))
    all = all.flatMap(one => text.split(',').map(value => ({ ...one, [name]: parsed(name, value) })))
  for (const one of all) completeOptions(one)
  return all as Partial<TrainingOptions>[]
}

function parsed(name: string, value: string): unknown {
  return optionTable[name as OptionName].kind === 'choice' ? value.trim() : Number(value)
}

/** Every training with every Node. Throws `no-input` where one does not run. */
export function withNodes(
  options: readonly Partial<TrainingOptions>[],
  nodes: readonly string[] = [process.execPath],
): Variant[] {
  const versions = nodes.map(node => ({ node, version: versionOf(node) }))
  return options.flatMap(one => versions.map(node => ({ ...node, options: one })))
}

function versionOf(node: string): string {
  try {
    return execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
  } catch (error) {
    throw new WordloomError('no-input', {
      found: `${node}: this is no Node that runs here (${(error as Error).message})`,
    })
  }
}

/** What tells variants apart, a column each; what they have in common, as one line. */
export function describeVariants(variants: readonly Variant[]): { columns: string[]; common: string } {
  const columns: string[] = []
  const common: string[] = []
  const versions = new Set(variants.map(variant => variant.version))
  if (versions.size > 1) columns.push('node')
  else common.push(`Node ${[...versions][0]}`)
  for (const name of Object.keys(variants[0]!.options)) {
    const values = new Set(variants.map(({ options }) => options[name as OptionName]))
    if (values.size > 1) columns.push(name)
    else common.push(`${name} ${[...values][0]}`)
  }
  return { columns, common: common.join(', ') }
}

/** The cells of a variant under `columns`. */
export function cellsOf({ version, options }: Variant, columns: readonly string[]): string[] {
  return columns.map(name => (name === 'node' ? version : String(options[name as OptionName])))
}

/** A number from a flag. Throws `usage`. */
export function numberFlag(name: string, text: string | undefined, ifNone: number): number {
  const value = text === undefined ? ifNone : Number(text)
  if (value > 0) return value
  throw new WordloomError('usage', { found: `--${name} is "${text}", and must be a number above 0` })
}
