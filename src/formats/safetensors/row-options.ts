import { flag, integer } from '../../options/index.js'

/** Which rows of a file are read: what every format asks of `ReadOptions`. */
export const rowOptions = {
  allowNonfinite: flag('omission of rows with NaN or infinite numbers'),
  limit: integer(undefined, 1, Number.MAX_SAFE_INTEGER, 'number of words, the first ones of the file', {
    otherwise: 'all words',
  }),
} as const
