import { loadOptionTable } from '../../formats/index.js'

/** How much is overlooked in a file of vectors. */
export const readingFlags = {
  lenient: loadOptionTable.lenient,
  allowNonfinite: loadOptionTable.allowNonfinite,
  maxDecompressed: loadOptionTable.maxDecompressed,
} as const
