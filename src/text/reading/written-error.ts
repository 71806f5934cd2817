import { WordloomError } from '../../errors.js'

/** A text that changed while it was read, so that nobody can say what was read. */
export function writtenError(path: string): WordloomError {
  return new WordloomError('bad-data', {
    place: { file: path },
    found: 'the file was written to, or another took its place, while it was read',
    cure: 'start again when nothing writes to it',
  })
}
