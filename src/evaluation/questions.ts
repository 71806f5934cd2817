import { type AnalogySection, parseAnalogies } from './analogies.js'
import { type FileLine, lineError, readLines, shown } from './lines.js'
import { fieldsOf, parsePairs, type WordPair } from './similarity.js'

/** What a question file asks. */
export type Questions =
  | { kind: 'analogies'; sections: AnalogySection[] }
  | { kind: 'similarity'; pairs: WordPair[] }

/** Reads a question file of either kind. Throws `no-input`, and `bad-data` with the line. */
export async function readQuestions(path: string): Promise<Questions> {
  const lines = await readLines(path)
  if (kindOf(path, lines[0]!) === 'analogies')
    return { kind: 'analogies', sections: parseAnalogies(path, lines) }
  return { kind: 'similarity', pairs: parsePairs(path, lines) }
}

function kindOf(path: string, first: FileLine): Questions['kind'] {
  if (first.text.startsWith(':')) return 'analogies'
  if (fieldsOf(first.text).length === 3) return 'similarity'
  if (first.text.split(/[ \t]+/).length === 4) return 'analogies'
  throw lineError(path, first, {
    found: shown(first.text),
    expected: 'analogies (": section", or four words) or pairs (two words and a score)',
  })
}
