import type { Forecast } from '../training/inner.js'
import type { ScriptShare } from './characters.js'
import type { LanguageShare } from './languages.js'
import type { LineLengths } from './line-lengths.js'
import type { RepeatedLine } from './repeated-lines.js'

/** What a text is, before anything is learned from it. */
export interface TextReport {
  readonly files: readonly string[]
  /** After decompression, as it came. */
  readonly bytes: number
  readonly tokens: number
  readonly differentWords: number
  readonly encoding: EncodingReport
  /** Shares of the letters, the largest first; none, and no languages, if the text is in another encoding. */
  readonly scripts: readonly ScriptShare[]
  readonly languages: readonly LanguageShare[]
  readonly lines: LineLengths & {
    readonly blank: number
    /** The share that came before, 0 … 1. */
    readonly repeated: number
    readonly mostRepeated: readonly RepeatedLine[]
  }
  readonly oddities: {
    /** Control characters besides tabs and line breaks. */
    readonly controls: number
    /** Tags of HTML or XML, and entities such as &amp;. */
    readonly tags: number
    readonly entities: number
    /** U+FFFD: what another program could not decode. */
    readonly replaced: number
    /** The text begins as JSON does. */
    readonly json: boolean
    /** If its lines look like those of a table. */
    readonly columns: { readonly count: number; readonly by: string } | undefined
  }
  /** What would be left of the text at several minimum counts. */
  readonly vocabulary: readonly KeptWords[]
  /** What training would take with the options given, its times with those of reading the text. */
  readonly training: Omit<Forecast, 'refusal'> & { readonly refusal: string | undefined }
  /** What looks wrong, most important first, each with what to do. Empty if nothing does. */
  readonly advice: readonly string[]
}

export interface EncodingReport {
  /** By the byte order mark; undefined if there is none. */
  readonly mark: string | undefined
  /** Bytes that are not UTF-8, if the text was read as such. */
  readonly notUtf8: number
  /** The label of the most likely encoding, if the text is not UTF-8. */
  readonly guess: string | undefined
  /** The encoding that was given, if it is not UTF-8. */
  readonly given: string | undefined
  /** The files that are not UTF-8. */
  readonly otherFiles: readonly string[]
}

export interface KeptWords {
  readonly minCount: number
  readonly words: number
  /** Share of the tokens that are kept, 0 … 1. */
  readonly tokens: number
}
