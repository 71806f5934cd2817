import type { Report } from '../files/output-files.js'
import type { Flags, FlagsOf } from './flags.js'
import type { Example } from './help.js'

/** What a verb's help says. */
export interface VerbHelp {
  readonly name: string
  /** One phrase, for the list of verbs. */
  readonly summary: string
  /** What to know before using it; the summary if there is no more. */
  readonly description?: string
  /** Command lines to copy, each with what it does. */
  readonly examples: readonly Example[]
  /** More help, below the examples. */
  readonly appendix?: () => string
  /** What a flag of another program is called here. */
  readonly namesake?: (flag: string) => string | undefined
  /** The verb that has a flag which this one lacks. */
  readonly verbWith?: (flag: string) => string | undefined
}

/** What stands on the command line without a flag. */
export interface Input {
  readonly help: string
  readonly many?: boolean
  readonly optional?: boolean
  /** What is done with it, if it names a file. */
  readonly file?: 'read' | 'write'
  /** Whether it is a file of vectors: then the verb has --max-decompressed. */
  readonly areVectors?: boolean
}

export type Inputs = Readonly<Record<string, Input>>

type InputValue<One> = One extends { readonly many: true; readonly optional: true }
  ? readonly string[]
  : One extends { readonly many: true }
    ? readonly [string, ...string[]]
    : One extends { readonly optional: true }
      ? string | undefined
      : string

export type InputsOf<Table extends Inputs> = { readonly [Name in keyof Table]: InputValue<Table[Name]> }

/** What a verb finds out before it begins. */
export interface Plan {
  /** All files that will be written, if they are others than the line names. */
  readonly writes?: readonly (string | undefined)[]
  /** Files that are read besides those that the line names. */
  readonly reads?: readonly (string | undefined)[]
  /** The file that nobody else may work on meanwhile, and what the work is. */
  readonly lock?: { readonly path: string; readonly work: string }
}

/** What a verb answers, which is printed once, as text or as JSON. */
export interface Answer {
  readonly json: unknown
  readonly text: () => string
  /** Throws, once the answer is printed, if it is a failure. */
  readonly verdict?: () => void
}

/** What a verb is given besides its line. */
export interface Desk<P extends Plan> {
  readonly plan: P
  /** Prints before the end: on standard error if standard output is one of the files. */
  readonly report: Report
}

/** A verb as a value: the command line is made of it, with its help, its checks and its closing line. */
export interface Verb<I extends Inputs = Inputs, F extends Flags = Flags, P extends Plan = Plan>
  extends VerbHelp {
  readonly inputs: I
  /** With --json, which each verb has. */
  readonly flags: F
  /** The words of the line as commander is to read them. */
  readonly rewrite?: (words: readonly string[]) => string[]
  /** Throws `usage` for what cannot be meant, before anything is read or written. */
  readonly plan?: (inputs: InputsOf<I>, flags: FlagsOf<F> & Told) => P | Promise<P>
  /** Does the work. Its answer is printed at the end; a verb without an answer has printed all itself. */
  readonly run: (
    inputs: InputsOf<I>,
    flags: FlagsOf<F> & Told,
    desk: Desk<P>,
  ) => Answer | undefined | Promise<Answer | undefined>
}

/** How an answer is printed. */
export interface Told {
  readonly json?: true
}

/** A verb that is a family of verbs. */
export interface VerbGroup extends VerbHelp {
  readonly verbs: readonly AnyVerb[]
}

/** A verb whose inputs and flags only it knows. */
export type AnyVerb = Verb<Inputs, Flags, Plan>

/** Gives `run` and `plan` the types of the tables beside them. */
export function verb<const I extends Inputs, const F extends Flags, P extends Plan = Plan>(
  value: Verb<I, F, P>,
): AnyVerb {
  return value as unknown as AnyVerb
}
