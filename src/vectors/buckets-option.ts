import { integer } from '../options/index.js'

/** How many buckets of sub-words are kept, for readers and for those who make vectors smaller. */
export const bucketsOption = integer(
  undefined,
  1,
  2 ** 31 - 1,
  'buckets of sub-words that are kept, those that matter most',
  { otherwise: 'all' },
)
