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
export interface NumbersOption<Default extends readonly number[] | undefined = readonly number[] | undefined>
  extends Described {
  readonly kind: 'numbers'
  readonly each: Range
  /** How many there have to be. */
  readonly least: number
  readonly default: Default
}

export interface TextOption<Default extends string | undefined = string | undefined> extends Described {
  readonly kind: 'text'
  readonly default: Default
  /** Which texts it may be, if not all. */
  readonly names?: Names | undefined
}

/** Too many texts to list, such as labels of encodings. */
export interface Names {
  /** What they are, as a noun phrase. */
  readonly are: string
  readonly has: (text: string) => boolean
  /** Those that are spelled like a text that is none of them. */
  readonly nearest: (text: string) => readonly string[]
}

export interface WordsOption<Default extends readonly string[] | undefined = readonly string[] | undefined>
  extends Described {
  readonly kind: 'words'
  readonly default: Default
}

export type Option = NumericOption | FlagOption | ChoiceOption | NumbersOption | TextOption | WordsOption

/** The options of a call: types, defaults, ranges, flags and help all come from it. */
export type OptionTable<Name extends string = string> = Readonly<Record<Name, Option>>

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
export function numbers<const Default extends readonly number[] | undefined>(
  value: Default,
  each: Range,
  least: number,
  help: string,
  rest: Rest = {},
): NumbersOption<IfStated<Default, readonly number[]>> {
  return {
    kind: 'numbers',
    default: value as IfStated<Default, readonly number[]>,
    each,
    least,
    help,
    ...rest,
  }
}

export function text<const Default extends string | undefined>(
  value: Default,
  help: string,
  rest: Rest & { readonly names?: Names } = {},
): TextOption<IfStated<Default, string>> {
  return { kind: 'text', default: value as IfStated<Default, string>, help, ...rest }
}

export function words<const Default extends readonly string[] | undefined>(
  value: Default,
  help: string,
  rest: Rest = {},
): WordsOption<IfStated<Default, readonly string[]>> {
  return { kind: 'words', default: value as IfStated<Default, readonly string[]>, help, ...rest }
}

type IfStated<Default, Value> = Default extends undefined ? undefined : Value
