import { choice, flag, type OptionTable } from '../options/index.js'

/** What is done to a text before its words are looked up. */
export interface Cleaning {
  /** Take capitals for small letters. True or false; default false. */
  readonly lowercase: boolean
  /**
   * Marks of punctuation: kept in words, apart as words of their own, or dropped. One of kept, apart,
   * dropped; default 'kept'.
   */
  readonly punctuation: Punctuation
}

export type Punctuation = 'kept' | 'apart' | 'dropped'

/** A text as it is, which is what fastText takes. */
export const UNCLEANED: Cleaning = { lowercase: false, punctuation: 'kept' }

/** Every option of a cleaning: types, defaults, flags and help. */
export const cleaningOptionTable = {
  lowercase: flag('take capitals for small letters'),
  punctuation: choice(
    'kept',
    ['kept', 'apart', 'dropped'],
    'marks of punctuation: kept in words, apart as words of their own, or dropped',
  ),
} as const satisfies OptionTable<keyof Cleaning>

/**
 * Marks that part no words are left where they are: an apostrophe or a hyphen between two letters, a point or a comma
 * between two digits. An underscore counts as a letter.
 */
const MARKS = /(?<=[\p{L}\p{M}])['’\u2010-](?=\p{L})|(?<=\p{Nd})[.,](?=\p{Nd})|((?!_)[\p{P}\p{S}])/gu

/** The text that a cleaning makes of a text. */
export function cleaned(text: string, { lowercase, punctuation }: Cleaning): string {
  const lowered = lowercase ? text.toLowerCase() : text
  if (punctuation === 'kept') return lowered
  return lowered.replace(MARKS, (mark, parting?: string) =>
    parting === undefined ? mark : punctuation === 'apart' ? ` ${mark} ` : ' ',
  )
}
