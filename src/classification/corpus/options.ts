import { choice, flag, type OptionTable, text } from '../../options/index.js'
import { encodingOption, type TextEncodingName } from '../../text/index.js'

/** How labelled lines are written down. */
export type LabelledFormat = 'prefix' | 'tsv' | 'csv' | 'jsonl'

export interface LabelledLineOptions {
  /**
   * How the lines are written: prefix: fastText’s, labels marked among the words; tsv or csv: columns; jsonl:
   * JSON Lines. One of prefix, tsv, csv, jsonl; default by the name of the file, or by what it begins with.
   */
  readonly format?: LabelledFormat | undefined
  /** What words begin with that are labels; default '__label__'. In fastText: -label. */
  readonly labelPrefix?: string | undefined
  /**
   * The column or field of the text: its name, or its number from 1 if there is no header; default text, or
   * 2.
   */
  readonly textColumn?: string | undefined
  /** The column or field of the label or labels; default label, or labels, or 1. */
  readonly labelColumn?: string | undefined
  /** What parts several labels in a column or field; default nothing: one label. */
  readonly labelSeparator?: string | undefined
  /** The first line of columns is no header: columns have numbers. True or false; default false. */
  readonly withoutHeader?: boolean | undefined
  /** Fields of a .tsv may be in double quotes, as those of a .csv. True or false; default false. */
  readonly quoted?: boolean | undefined
  /**
   * Encoding of the lines: bytes and strict: UTF-8, refusing badly encoded text; utf16: little-endian unless
   * a byte order mark says otherwise; or any label of the Encoding Standard, such as latin1, windows-1251,
   * gbk, big5, shift_jis or euc-kr; default 'bytes'.
   */
  readonly encoding?: TextEncodingName | undefined
}

export interface ReadLabelledOptions extends LabelledLineOptions {
  /** Told in a sentence what was passed over: lines without a label or a text, columns, files of a folder that are no text. */
  readonly onWarning?: ((sentence: string) => void) | undefined
  readonly signal?: AbortSignal | undefined
  /** The most bytes that a compressed file may unpack to; by default 1 TiB, and a thousand times its size past 1 GiB. */
  readonly maxDecompressed?: number | undefined
  /** Called with bytes of files as they lie on the disk, as they are read. */
  readonly onRead?: ((bytes: number) => void) | undefined
}

/** Every option of a reading of labelled lines: types, defaults, flags and help. */
export const labelledLineOptionTable = {
  format: choice(
    undefined,
    ['prefix', 'tsv', 'csv', 'jsonl'],
    'how the lines are written: prefix: fastText’s, labels marked among the words; tsv or csv: columns; jsonl: JSON Lines',
    { otherwise: 'by the name of the file, or by what it begins with' },
  ),
  labelPrefix: text('__label__', 'what words begin with that are labels', {
    elsewhere: { fasttext: '-label' },
  }),
  textColumn: text(
    undefined,
    'the column or field of the text: its name, or its number from 1 if there is no header',
    { otherwise: 'text, or 2' },
  ),
  labelColumn: text(undefined, 'the column or field of the label or labels', {
    otherwise: 'label, or labels, or 1',
  }),
  labelSeparator: text(undefined, 'what parts several labels in a column or field', {
    otherwise: 'nothing: one label',
  }),
  withoutHeader: flag('the first line of columns is no header: columns have numbers'),
  quoted: flag('fields of a .tsv may be in double quotes, as those of a .csv'),
  encoding: {
    ...encodingOption,
    help: 'encoding of the lines: bytes and strict: UTF-8, refusing badly encoded text; utf16: little-endian unless a byte order mark says otherwise; or any label of the Encoding Standard, such as latin1, windows-1251, gbk, big5, shift_jis or euc-kr',
  },
} as const satisfies OptionTable<keyof LabelledLineOptions>
