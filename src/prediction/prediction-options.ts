import { choice, integer, type OptionTable } from '../options/index.js'
import type { UnknownWordOption } from '../vectors/index.js'
import { unknownOptionTable } from '../vectors/inner.js'

/** By what predicted words are ordered. */
export const predictionOrders = ['probability', 'lift'] as const

/** How words are predicted from a context. */
export interface PredictionOptions extends UnknownWordOption {
  /** Number of answers. A whole number from 1 up; default 10. */
  readonly count?: number | undefined
  /**
   * Order of the answers: probability: the most probable first; lift: those that the context makes likelier
   * than they are in the whole text. One of probability, lift; default 'probability'.
   */
  readonly by?: (typeof predictionOrders)[number] | undefined
  /** The vector of the document that the context is in, for a model of documents. */
  readonly document?: Float32Array | undefined
}

/** Every option of a prediction, but for `document`: types, defaults, ranges, flags and help. */
export const predictionOptionTable = {
  count: integer(10, 1, Number.MAX_SAFE_INTEGER, 'number of answers'),
  by: choice(
    'probability',
    predictionOrders,
    'order of the answers: probability: the most probable first; lift: those that the context makes likelier than they are in the whole text',
  ),
  ...unknownOptionTable,
} as const satisfies OptionTable<Exclude<keyof PredictionOptions, 'document'>>
