import { option, say, WordloomError, type Words } from '../../errors.js'
import {
  type Complete,
  checkNames,
  completed,
  flag,
  integer,
  type OptionTable,
  UNBOUNDED,
} from '../../options/index.js'
import { Classifier, type ClassifierParts, partsOf } from '../classifier.js'
import type { LabelledSource } from '../corpus/labelled-source.js'
import { CENTROIDS, CodedRows, type Rows, rowReader } from '../rows.js'
import { type Coding, codedRows } from './coded-rows.js'
import { cutToLongest } from './cut.js'
import { measureQuantization, type QuantizationLoss } from './loss.js'

export interface QuantizeOptions {
  /** Rows of words and n-grams that are kept, the longest. A whole number from 256 up; default all. */
  readonly cutoff?: number | undefined
  /** Columns that share a code of one byte. A whole number from 1 up; default 2. */
  readonly subvectorSize?: number | undefined
  /** Lengths of rows have codes of their own, a byte more a row. True or false; default false. */
  readonly norms?: boolean | undefined
  /** Codes for the rows of labels, too, of which there must be 256. True or false; default false. */
  readonly outputs?: boolean | undefined
  /** Start of the random draws. A whole number from 0 up; default 1. */
  readonly seed?: number | undefined
  /** Texts on which the loss is measured, with labels or without. */
  readonly evaluate?: LabelledSource | undefined
}

/** Every option of making a classifier smaller: types, defaults, ranges, flags and help. */
export const quantizeOptionTable = {
  cutoff: integer(undefined, CENTROIDS, UNBOUNDED, 'rows of words and n-grams that are kept, the longest', {
    otherwise: 'all',
    elsewhere: { fasttext: '-cutoff' },
  }),
  subvectorSize: integer(2, 1, UNBOUNDED, 'columns that share a code of one byte', {
    elsewhere: { fasttext: '-dsub' },
  }),
  norms: flag('lengths of rows have codes of their own, a byte more a row', {
    elsewhere: { fasttext: '-qnorm' },
  }),
  outputs: flag('codes for the rows of labels, too, of which there must be 256', {
    elsewhere: { fasttext: '-qout' },
  }),
  seed: integer(1, 0, Number.MAX_SAFE_INTEGER, 'start of the random draws'),
} as const satisfies OptionTable<Exclude<keyof QuantizeOptions, 'evaluate'>>

/** A smaller classifier, and what that cost. */
export interface Quantized {
  readonly classifier: Classifier
  /** Input rows that it has, of those before. */
  readonly rows: { readonly before: number; readonly after: number }
  /** Undefined if no texts were given. */
  readonly loss: QuantizationLoss | undefined
}

const ACTION = 'make the classifier smaller'

/**
 * The classifier with one byte for every few numbers of a row (Joulin et al. 2016, "FastText.zip"), perhaps with its longest
 * rows alone: what `.ftz` files keep. The same seed gives the same bytes. Throws `usage` for fewer than 256 rows, from which
 * 256 centroids cannot be learned, and for a classifier that has codes already.
 */
export async function quantizeClassifier(
  classifier: Classifier,
  options: QuantizeOptions = {},
): Promise<Quantized> {
  checkNames(quantizeOptionTable, options, ['evaluate'], ACTION)
  const settings = completed(quantizeOptionTable, options, ACTION)
  const parts = givenParts(classifier)
  const before = parts.input.rows
  const cut =
    settings.cutoff !== undefined && settings.cutoff < before ? cutToLongest(parts, settings.cutoff) : parts
  const smaller = new Classifier(coded(cut, settings))
  const { evaluate } = options
  return {
    classifier: smaller,
    rows: { before, after: cut.input.rows },
    loss: evaluate === undefined ? undefined : await measureQuantization(classifier, smaller, evaluate),
  }
}

function givenParts(classifier: unknown): ClassifierParts {
  if (!(classifier instanceof Classifier))
    throw refused(`a value of type ${typeof classifier} is given`, 'a Classifier')
  const parts = partsOf(classifier)
  if (parts.input instanceof CodedRows)
    throw refused('its rows are codes already', undefined, 'give the classifier from which it was made')
  return parts
}

function coded(parts: ClassifierParts, settings: Complete<typeof quantizeOptionTable>): ClassifierParts {
  const { subvectorSize, norms, outputs, seed } = settings
  const { input, output, metadata } = parts
  const { columns } = input
  if (subvectorSize > columns)
    throw refused(
      say`${option('subvectorSize')} is ${subvectorSize}, and rows have ${columns} columns`,
      `a whole number from 1 to ${columns}`,
    )
  checkEnough(input, 'words and n-grams', 'keep it as .bin or .safetensors, which are small then')
  if (outputs) checkEnough(output, 'labels', say`leave ${option('outputs')} out`)
  return {
    ...parts,
    input: inCodes(input, { width: subvectorSize, norms, seed }),
    output: outputs ? inCodes(output, { width: Math.min(2, columns), norms, seed }) : output,
    metadata: { ...metadata, quantization: JSON.stringify(settings) },
  }
}

function checkEnough({ rows }: Rows, what: string, cure: Words): void {
  if (rows < CENTROIDS)
    throw refused(
      `there are ${rows} rows of ${what}`,
      `at least ${CENTROIDS}, from which as many centroids are learned`,
      cure,
    )
}

function inCodes(rows: Rows, coding: Coding): CodedRows {
  return codedRows(rowReader(rows), rows.rows, rows.columns, coding)
}

function refused(found: Words, expected?: Words, cure?: Words): WordloomError {
  return new WordloomError('usage', { action: ACTION, found, expected, cure })
}
