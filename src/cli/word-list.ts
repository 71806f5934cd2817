import { WordloomError } from '../errors.js'
import { readText } from '../files/index.js'

/** The lines of a file that are not blank. Throws `no-input`, and `bad-data` where there are none. */
export async function readWords(path: string): Promise<string[]> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of readText(path)) text += decoder.decode(chunk, { stream: true })
  const words = text.split(/\r?\n/).filter(line => line.trim() !== '')
  if (words.length > 0) return words
  throw new WordloomError('bad-data', `${path}: there is no word in it; words are expected, one a line`)
}
