import { flag, integer, type OptionTable } from '../options/index.js'
import { bucketsOption } from '../vectors/inner.js'
import type { ReadOptions } from './format.js'
import { rowOptions } from './safetensors/row-options.js'

/** Every option of reading a file, but for `words` and `format`: types, defaults, ranges, flags and help. */
export const loadOptionTable = {
  lenient: flag('the whole rows of a text or binary file that ends early or goes on too long'),
  maxDecompressed: integer(
    undefined,
    1,
    Number.MAX_SAFE_INTEGER,
    'bytes that a compressed file may unpack to',
    { otherwise: '1 TiB, and a thousand times its size past 1 GiB (Parquet: past 16 MiB)' },
  ),
  buckets: bucketsOption,
  ...rowOptions,
} as const satisfies OptionTable<Exclude<keyof ReadOptions, 'words'>>
