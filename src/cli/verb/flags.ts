import { type Complete, completed, type Option, type OptionTable, type ValueOf } from '../../options/index.js'

/** A file by its name. */
export interface FileFlag {
  readonly kind: 'file'
  readonly use: 'read' | 'write'
  readonly help: string
  /** What holds if none is given, as it follows "default". */
  readonly otherwise?: string
  /** What `--no-…` means, if a file can be refused. */
  readonly refused?: string
  /** Whether an output may take its place, since it is read whole before anything is written. */
  readonly replaceable?: boolean
  /** Whether the verb can do nothing without it. */
  readonly required?: boolean
}

/** Seconds, given as 90, 90s, 1.5m, 2h or 250ms. */
export interface TimeFlag {
  readonly kind: 'time'
  readonly help: string
  readonly otherwise?: string
}

/** Several texts: each with the flag before it, or all behind one. */
export interface TextsFlag {
  readonly kind: 'texts'
  readonly each: 'own flag' | 'same flag'
  readonly help: string
  /** Whether they are files that are read. */
  readonly areFiles?: boolean
}

/** A flag is an option of a room, or what only the command line has. */
export type Flag = (Option | FileFlag | TimeFlag | TextsFlag) & {
  /** Above it in the help. */
  readonly heading?: string
  /** What stands in its place in the help. */
  readonly placeholder?: string
}

export type Flags = Readonly<Record<string, Flag>>

type FlagValue<One> = One extends { readonly kind: 'file'; readonly refused: string }
  ? string | false
  : One extends { readonly kind: 'file' }
    ? string
    : One extends { readonly kind: 'time' }
      ? number
      : One extends { readonly kind: 'texts' }
        ? readonly string[]
        : One extends { readonly kind: 'flag' }
          ? true
          : ValueOf<One>

type IsRequired<One> = One extends { readonly required: true } ? true : false

/** Flags as they are given; one that is not given is not there. */
export type FlagsOf<Table extends Flags> = {
  readonly [Name in keyof Table as IsRequired<Table[Name]> extends true ? never : Name]?: FlagValue<
    Table[Name]
  >
} & {
  readonly [Name in keyof Table as IsRequired<Table[Name]> extends true ? Name : never]: FlagValue<
    Table[Name]
  >
}

/** What is given of a room's options, as that room takes it. */
export type Chosen<Table extends OptionTable> = { readonly [Name in keyof Table]?: ValueOf<Table[Name]> }

/** The options of a table among all flags. */
export function chosen<const Table extends OptionTable>(table: Table, flags: object): Chosen<Table> {
  const given = Object.entries(flags).filter(
    ([name, value]) => Object.hasOwn(table, name) && value !== undefined,
  )
  return Object.fromEntries(given) as Chosen<Table>
}

/** The options of a table among all flags, with the defaults of those that are not given. */
export function filled<const Table extends OptionTable>(table: Table, flags: object): Complete<Table> {
  return completed(table, chosen(table, flags))
}

/** Flags that stand together under a heading of the help. */
export function under<const Table extends Flags>(heading: string, flags: Table): Table {
  const entries = Object.entries(flags).map(([name, flag]) => [name, { ...flag, heading }])
  return Object.fromEntries(entries) as Table
}
