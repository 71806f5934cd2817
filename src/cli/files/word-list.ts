import { WordloomError } from '../../errors.js'
import { linesOf } from './lines.js'

/** The lines of a file that are not blank. Throws `no-input`, and `bad-data` if there are none. */
export async function readWords(path: string): Promise<string[]> {
  const words: string[] = []
  for await (const line of linesOf(path)) if (line.trim() !== '') words.push(line)
  if (words.length > 0) return words
  throw new WordloomError('bad-data', {
    place: { file: path },
    found: 'no word is in it',
    expected: 'words, one a line',
  })
}
