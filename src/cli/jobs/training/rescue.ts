import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { say, WordloomError } from '../../../errors.js'
import { warn } from '../../terminal/terminal.js'

/**
 * What was learned is not thrown away because its place cannot be written: it goes into a new folder, which nobody
 * else can have prepared, in the place for temporary files. `save` writes it there, and tells in words where it is.
 * Throws the error with these words.
 */
export async function rescue(error: unknown, save: (folder: string) => Promise<string>): Promise<never> {
  const places = await mkdtemp(join(tmpdir(), 'wordloom-'))
    .then(save)
    .catch(() => {
      throw error
    })
  if (error instanceof WordloomError)
    throw new WordloomError(
      error.code,
      { ...error.fault, found: say`${error.fault.found}, but ${places}` },
      { cause: error },
    )
  warn(places)
  throw error
}
