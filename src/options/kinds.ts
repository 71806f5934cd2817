/** Names of the same option in other programs. */
export interface OtherNames {
  readonly word2vec?: string
  readonly gensim?: string
  readonly fasttext?: string
}

interface Described {
  /** A noun phrase with its unit, from which the help and the documentation are made. */
  readonly help: string
  /** What holds if the option is not given and there is no one value for it, as it follows "default". */
  readonly otherwise?: string | undefined
  readonly elsewhere?: OtherNames | undefined
}

/** What a number may be. */
export interface Range {
  readonly kind: 'integer' | 'number'
  readonly min: number
  readonly max: number
}

export interface NumericOption<Default extends number | undefined = number | undefined>
  extends Described,
    Range {
  readonly default: Default
}

export interface FlagOption extends Described {
  readonly kind: 'flag'
  readonly default: boolean
}

export interface ChoiceOption<
  Choice extends string = string,
  Default extends Choice | undefined = Choice | undefined,
> extends Described {
  readonly kind: 'choice'
  readonly choices: readonly Choice[]
  readonly default: Default
}

/** One number or more. */
export interface NumbersOption extends Described {
  readonly kind: 'numbers'
  readonly each: Range
  /** How many there have to be. */
  readonly least: number
  readonly default: readonly number[] | undefined
}

export interface TextOption extends Described {
  readonly kind: 'text'
  readonly default: string | undefined
}

export interface WordsOption extends Described {
  readonly kind: 'words'
  readonly default: readonly string[] | undefined
}

export type Option = NumericOption | FlagOption | ChoiceOption | NumbersOption | TextOption | WordsOption

/** The options of a call: types, defaults, ranges, flags and help all come from it. */
export type OptionTable = Readonly<Record<string, Option>>

/** What an option's value is if it has one. */
export type ValueOf<One> = One extends {
  readonly kind: 'choice'
  readonly choices: readonly (infer Choice)[]
}
  ? Choice
  : One extends { readonly kind: 'flag' }
    ? boolean
    : One extends { readonly kind: 'integer' | 'number' }
      ? number
      : One extends { readonly kind: 'numbers' }
        ? readonly number[]
        : One extends { readonly kind: 'text' }
          ? string
          : readonly string[]

type IfNotGiven<One> = One extends { readonly default: infer Default }
  ? undefined extends Default
    ? undefined
    : never
  : never

/** Every option of a table with its value. */
export type Complete<Table extends OptionTable> = {
  readonly [Name in keyof Table]: ValueOf<Table[Name]> | IfNotGiven<Table[Name]>
}

/** The options of a table that somebody gives. */
export type Given<Table extends OptionTable> = {
  readonly [Name in keyof Table]?: ValueOf<Table[Name]> | undefined
}

/** The greatest number of things that there can be. */
export const UNBOUNDED = 2 ** 31

interface Rest {
  readonly otherwise?: string
  readonly elsewhere?: OtherNames
}

/** A whole number. `value` is what it is if not given, undefined if `otherwise` says what holds then. */
export function integer<const Default extends number | undefined>(
  value: Default,
  min: number,
  max: number,
  help: string,
  rest: Rest = {},
): NumericOption<Widened<Default>> & { readonly kind: 'integer' } {
  return { kind: 'integer', default: value as Widened<Default>, min, max, help, ...rest }
}

export function number<const Default extends number | undefined>(
  value: Default,
  min: number,
  max: number,
  help: string,
  rest: Rest = {},
): NumericOption<Widened<Default>> & { readonly kind: 'number' } {
  return { kind: 'number', default: value as Widened<Default>, min, max, help, ...rest }
}

type Widened<Value> = Value extends number ? number : Value

/** Off unless it is given. */
export function flag(help: string, rest: Rest = {}): FlagOption {
  return { kind: 'flag', default: false, help, ...rest }
}

export function choice<const Choice extends string, const Default extends Choice | undefined>(
  value: Default,
  choices: readonly Choice[],
  help: string,
  rest: Rest = {},
): ChoiceOption<Choice, Default extends undefined ? undefined : Choice> {
  return { kind: 'choice', default: value as never, choices, help, ...rest }
}

/** At least `least` numbers. */
export function numbers(
  value: readonly number[] | undefined,
  each: Range,
  least: number,
  help: string,
  rest: Rest = {},
): NumbersOption {
  return { kind: 'numbers', default: value, each, least, help, ...rest }
}

export function text(value: string | undefined, help: string, rest: Rest = {}): TextOption {
  return { kind: 'text', default: value, help, ...rest }
}

export function words(value: readonly string[] | undefined, help: string, rest: Rest = {}): WordsOption {
  return { kind: 'words', default: value, help, ...rest }
}
