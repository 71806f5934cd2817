import { option, say, WordloomError, type Words } from '../../errors.js'
import {
  type Complete,
  checkNames,
  completed,
  flag,
  integer,
  number,
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
  /**
   * Rows of words and n-grams that are kept, the longest. A whole number from 256 up; default all. In
   * fastText: -cutoff.
   */
  readonly cutoff?: number | undefined
  /** Columns that share a code of one byte. A whole number from 1 up; default 2. In fastText: -dsub. */
  readonly subvectorSize?: number | undefined
  /**
   * Lengths of rows have codes of their own, a byte more a row. True or false; default false. In fastText:
   * -qnorm.
   */
  readonly norms?: boolean | undefined
  /**
   * Codes for the rows of labels, too, of which there must be 256. True or false; default false. In fastText:
   * -qout.
   */
  readonly outputs?: boolean | undefined
  /** Start of the random draws. A whole number from 0 up; default 1. */
  readonly seed?: number | undefined
  /** Texts on which the loss is measured, with labels or without. */
  readonly evaluate?: LabelledSource | undefined
  /** Labelled lines from which the rows that `cutoff` keeps learn again, before they become codes. */
  readonly retrain?: LabelledSource | undefined
  /**
   * Passes over the lines from which rows learn again. A whole number from 1 to 100,000; default 5. In
   * fastText: -epoch.
   */
  readonly epochs?: number | undefined
  /**
   * Size of the first steps of learning again. A number from 1e-9 to 1,000; default 0.25. In fastText: -lr.
   */
  readonly learningRate?: number | undefined
  /** Told in a sentence what was passed over. */
  readonly onWarning?: ((sentence: string) => void) | undefined
}

const others = ['evaluate', 'retrain', 'onWarning'] as const

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
  epochs: integer(5, 1, 100_000, 'passes over the lines from which rows learn again', {
    elsewhere: { fasttext: '-epoch' },
  }),
  learningRate: number(0.25, 1e-9, 1000, 'size of the first steps of learning again', {
    elsewhere: { fasttext: '-lr' },
  }),
} as const satisfies OptionTable<Exclude<keyof QuantizeOptions, (typeof others)[number]>>

/** A smaller classifier, and what that cost. */
export interface Quantized {
  readonly classifier: Classifier
  /** Input rows that it has, of those before. */
  readonly rows: { readonly before: number; readonly after: number }
  /** Undefined if no texts were given. */
  readonly loss: QuantizationLoss | undefined
}

type Settings = Complete<typeof quantizeOptionTable>

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
  checkNames(quantizeOptionTable, options, others, ACTION)
  const settings = completed(quantizeOptionTable, options, ACTION)
  const parts = givenParts(classifier)
  checkRetraining(options)
  const before = parts.input.rows
  const { cutoff } = settings
  const cut = cutoff !== undefined && cutoff < before ? cutToLongest(parts, cutoff) : parts
  checkRows(cut, settings)
  const learned = options.retrain === undefined ? cut : await retrained(cut, settings, options)
  const smaller = new Classifier(coded(learned, settings))
  const { evaluate } = options
  return {
    classifier: smaller,
    rows: { before, after: cut.input.rows },
    loss: evaluate === undefined ? undefined : await measureQuantization(classifier, smaller, evaluate),
  }
}

/** Throws `usage` for options that have no effect without others. */
function checkRetraining(options: QuantizeOptions): void {
  const without = (name: keyof QuantizeOptions, needed: keyof QuantizeOptions) =>
    refused(
      say`${option(name)} has no effect without ${option(needed)}`,
      undefined,
      say`give ${option(needed)}, or leave ${option(name)} out`,
    )
  if (options.retrain !== undefined && options.cutoff === undefined) throw without('retrain', 'cutoff')
  for (const name of ['epochs', 'learningRate'] as const)
    if (options[name] !== undefined && options.retrain === undefined) throw without(name, 'retrain')
}

/** The rows as they are after some more training, in which no word, label or n-gram is added. */
async function retrained(
  parts: ClassifierParts,
  { epochs, learningRate, seed }: Settings,
  { retrain, onWarning }: QuantizeOptions,
): Promise<ClassifierParts> {
  const { trainClassifier } = await import('../training/train-classifier.js')
  const { classifier } = await trainClassifier(retrain!, {
    continue: new Classifier(parts),
    grows: false,
    epochs,
    learningRate,
    seed,
    onWarning,
  })
  const { input, output } = partsOf(classifier)
  return { ...parts, input, output }
}

function givenParts(classifier: unknown): ClassifierParts {
  if (!(classifier instanceof Classifier))
    throw refused(`a value of type ${typeof classifier} is given`, 'a Classifier')
  const parts = partsOf(classifier)
  if (parts.input instanceof CodedRows)
    throw refused('its rows are codes already', undefined, 'give the classifier from which it was made')
  return parts
}

/** Throws `usage` for rows that cannot become codes. */
function checkRows({ input, output }: ClassifierParts, { subvectorSize, outputs }: Settings): void {
  const { columns } = input
  if (subvectorSize > columns)
    throw refused(
      say`${option('subvectorSize')} is ${subvectorSize}, and rows have ${columns} columns`,
      `a whole number from 1 to ${columns}`,
    )
  checkEnough(input, 'words and n-grams', 'keep it as .bin or .safetensors, which are small then')
  if (outputs) checkEnough(output, 'labels', say`leave ${option('outputs')} out`)
}

function coded(parts: ClassifierParts, settings: Settings): ClassifierParts {
  const { subvectorSize, norms, outputs, seed } = settings
  const { input, output, metadata } = parts
  return {
    ...parts,
    input: inCodes(input, { width: subvectorSize, norms, seed }),
    output: outputs ? inCodes(output, { width: Math.min(2, input.columns), norms, seed }) : output,
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
