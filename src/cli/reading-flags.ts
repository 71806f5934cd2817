import type { Command } from 'commander'
import { WordloomError } from '../errors.js'
import type { LoadOptions } from '../formats/index.js'
import { numberIn } from './values.js'

/** How much is overlooked in a file of vectors. */
export interface ReadingFlags {
  readonly lenient?: true
  readonly allowNonfinite?: true
  readonly maxDecompressed?: number
}

const bytes = numberIn({ kind: 'integer', min: 1, max: Number.MAX_SAFE_INTEGER })

export function addReadingFlags(command: Command): Command {
  return command
    .option('--lenient', 'take the whole rows of a text or binary file that ends early or goes on too long')
    .option('--allow-nonfinite', 'leave out rows with NaN or infinite numbers')
    .option('--max-decompressed <bytes>', 'what a compressed file may unpack to', bytes)
}

/** The flags as options of `load`. */
export function readingOptions({ lenient, allowNonfinite, maxDecompressed }: ReadingFlags): LoadOptions {
  return {
    ...(lenient && { lenient }),
    ...(allowNonfinite && { allowNonfinite }),
    ...(maxDecompressed !== undefined && { maxDecompressed }),
  }
}

/** A complaint that names an option of the library, with the flag of `convert` instead. */
export function inReadingFlags(error: unknown): unknown {
  if (!(error instanceof WordloomError)) return error
  const message = error.message.replace(
    /\b(lenient|allowNonfinite|maxDecompressed)(?= (reads|does|leaves|allows|is)\b)/g,
    name => `convert --${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`,
  )
  return message === error.message ? error : new WordloomError(error.code, message, { cause: error })
}
