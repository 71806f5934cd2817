import { WordloomError } from '../errors.js'
import { Classifier, type ClassifierLoss, partsOf } from './classifier.js'
import type { Cleaning } from './cleaning.js'
import { CodedRows } from './rows.js'

/** What a classifier is, in numbers. */
export interface ClassifierDescription {
  readonly labels: number
  readonly words: number
  readonly dimensions: number
  readonly loss: ClassifierLoss
  /** Words in the longest n-grams of words; 1 if there are none. */
  readonly wordNgrams: number
  /** Characters in the n-grams of words, if there are any. */
  readonly characters: { readonly shortest: number; readonly longest: number } | undefined
  /** Over which all n-grams are dealt, and how many of them have rows. */
  readonly buckets: number
  readonly bucketRows: number
  /** How rows are kept, if not as float32. */
  readonly codes:
    | { readonly subvectorSize: number; readonly norms: boolean; readonly outputs: boolean }
    | undefined
  readonly cleaning: Cleaning
}

/** Sizes and settings of a classifier. Throws `usage` for what is none. */
export function describeClassifier(classifier: Classifier): ClassifierDescription {
  if (!(classifier instanceof Classifier))
    throw new WordloomError('usage', {
      action: 'describe the classifier',
      found: `a value of type ${typeof classifier} is given`,
      expected: 'a Classifier',
    })
  const { words, labels, kept, settings, loss, input, output } = partsOf(classifier)
  const { wordNgrams, buckets, subwords, cleaning } = settings
  return {
    labels: labels.size,
    words: words.size,
    dimensions: input.columns,
    loss,
    wordNgrams,
    characters: subwords && { shortest: subwords.minNgram, longest: subwords.maxNgram },
    buckets,
    bucketRows: kept?.size ?? buckets,
    codes:
      input instanceof CodedRows
        ? {
            subvectorSize: input.centroids.width,
            norms: input.norms !== undefined,
            outputs: output instanceof CodedRows,
          }
        : undefined,
    cleaning,
  }
}
