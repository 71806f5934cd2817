/** What went wrong, for a program to switch on. The command line maps each to an exit code. */
export type ErrorCode =
  | 'usage' // an option, argument or call that cannot be meant
  | 'bad-data' // an input was read and is not what it should be
  | 'no-input' // an input cannot be opened
  | 'too-large' // it will not fit in the memory there is
  | 'not-written' // an output could not be written whole
  | 'unknown-word' // a word that the vocabulary lacks
  | 'aborted' // the caller's AbortSignal
  | 'internal' // a bug of ours

/** An option, which every door calls by its own name: `minCount` in code, `--min-count` on the command line. */
export interface NamedOption {
  readonly option: string
  /** What it is to be set to. */
  readonly value: string | number | boolean | undefined
}

/** Text in which options are values, so that nobody has to look for them in a sentence. */
export type Words = string | readonly (string | NamedOption)[]

/** Where something was found. */
export interface Place {
  readonly file?: string | undefined
  /** From 1. */
  readonly line?: number | undefined
  /** From 0. */
  readonly byte?: number | undefined
  /** What has no number: a tensor, a column, an entry. */
  readonly part?: string | undefined
}

/** What went wrong, as data. */
export interface Fault {
  /** What cannot be done, as it follows "Cannot": `train`. Told by code and file if not given. */
  readonly action?: Words | undefined
  readonly place?: Place | undefined
  readonly found: Words
  /** A noun phrase. */
  readonly expected?: Words | undefined
  /** What to do, as a command or a question. */
  readonly cure?: Words | undefined
}

/** How many bytes, in the unit that says most: 24 bytes, 3.5 KiB, 143 MiB, 1.2 GiB. */
export function sizeOf(bytes: number): string {
  const unit = Math.max(0, Math.min(3, Math.floor(Math.log2(Math.max(1, bytes)) / 10)))
  const count = bytes / 1024 ** unit
  const digits = unit === 0 || count >= 99.95 ? Math.round(count).toLocaleString('en') : count.toFixed(1)
  return `${digits} ${['bytes', 'KiB', 'MiB', 'GiB'][unit]}`
}

/** How a door writes an option. */
export type OptionWriter = (option: NamedOption) => string

/** Something the person at the keyboard can mend. `message` words it for the library; `worded` for any other door. */
export class WordloomError extends Error {
  readonly code: ErrorCode
  readonly fault: Fault

  constructor(code: ErrorCode, fault: Fault, options?: { cause?: unknown }) {
    super(sentences(code, fault, asInCode), options)
    this.name = 'WordloomError'
    this.code = code
    this.fault = fault
  }

  /** The sentences with options as a door writes them. */
  worded(write: OptionWriter): string {
    return sentences(this.code, this.fault, write)
  }

  /** What was found, with its place, as a part of another error. */
  get finding(): Words {
    const { place, found, expected } = this.fault
    const where = placeText(shownPlace(this.code, place))
    return say`${where && `${where}: `}${found}${expected === undefined ? '' : say`; expected ${expected}`}`
  }

  /** The same error, found at a place that only the caller knows. */
  at(place: Place): WordloomError {
    const { fault } = this
    return new WordloomError(
      this.code,
      { ...fault, place: { ...place, ...fault.place } },
      { cause: this.cause ?? this },
    )
  }

  /** The same error with other names for some options, such as those that another command has. */
  renamed(names: Readonly<Record<string, string>>): WordloomError {
    const rename = (words: Words | undefined): Words | undefined =>
      Array.isArray(words)
        ? words.map(word =>
            typeof word === 'string' ? word : { ...word, option: names[word.option] ?? word.option },
          )
        : words
    const { action, place, found, expected, cure } = this.fault
    const fault = {
      action: rename(action),
      place,
      found: rename(found)!,
      expected: rename(expected),
      cure: rename(cure),
    }
    return new WordloomError(this.code, fault, { cause: this.cause ?? this })
  }

  toJSON(): Fault & { code: ErrorCode; message: string } {
    const { code, message, fault } = this
    const text = (words: Words | undefined) => words && textOf(words, asInCode)
    return {
      code,
      message,
      action: text(fault.action),
      place: fault.place,
      found: textOf(fault.found, asInCode),
      expected: text(fault.expected),
      cure: text(fault.cure),
    }
  }
}

/** Names an option in `say`, alone or with the value that it should have. */
export function option(name: string, value?: string | number | boolean): NamedOption {
  return { option: name, value }
}

/** Text with options in it: say`${option('minCount')} is ${value}`. */
export function say(
  strings: TemplateStringsArray,
  ...values: readonly (string | number | NamedOption | Words)[]
): Words {
  return strings.flatMap((text, i): Words => {
    const value = values[i]
    const words = typeof value === 'object' ? value : value === undefined ? '' : String(value)
    return [text, ...('option' in Object(words) ? [words as NamedOption] : [words as Words].flat())]
  })
}

/** `minCount`, or `resume: true`. */
const asInCode: OptionWriter = ({ option, value }) =>
  value === undefined ? option : `${option}: ${typeof value === 'string' ? `'${value}'` : value}`

/** *Cannot X: found Y; expected Z. Do W.* */
function sentences(
  code: ErrorCode,
  { action, place, found, expected, cure }: Fault,
  write: OptionWriter,
): string {
  const text = (words: Words) => textOf(words, write)
  const shown = shownPlace(code, place)
  const verb = { 'bad-data': 'read', 'too-large': 'read', 'no-input': 'open', 'not-written': 'write' }[
    code as string
  ]
  const tellsFile = action === undefined && verb !== undefined && shown.file !== undefined
  const head = tellsFile
    ? `Cannot ${verb} ${shown.file}: `
    : action === undefined
      ? ''
      : `Cannot ${text(action)}: `
  const where = placeText(tellsFile ? { ...shown, file: undefined } : shown)
  const body = `${head}${where && `${where}: `}${text(found)}${expected === undefined ? '' : `; expected ${text(expected)}`}`
  if (cure === undefined) return head === '' ? body : `${body}.`
  const advice = capital(text(cure))
  return `${body}. ${advice}${advice.endsWith('?') ? '' : '.'}`
}

/** With the name of '-', which is standard input, and standard output if something is written. */
function shownPlace(code: ErrorCode, place: Place = {}): Place {
  if (place.file !== '-') return place
  return { ...place, file: code === 'not-written' ? 'standard output' : 'standard input' }
}

function placeText({ file, line, byte, part }: Place = {}): string {
  return [
    file,
    line !== undefined && `line ${line.toLocaleString('en')}`,
    byte !== undefined && `byte ${byte.toLocaleString('en')}`,
    part,
  ]
    .filter(Boolean)
    .join(', ')
}

/** The text with options as a door writes them, by default as in code. */
export function textOf(words: Words, write: OptionWriter = asInCode): string {
  return [words]
    .flat()
    .reduce<string>((text, word) => text + (typeof word === 'string' ? word : write(word)), '')
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
