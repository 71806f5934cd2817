import { type AnalogySection, parseAnalogies } from './analogies.js'
import { isAnswerList, parseAnswerLists } from './answer-lists.js'
import { type FileLine, lineError, readLines, shown } from './lines.js'
import { type FilePairs, fieldsOf, hasScore, mayBeComment, parsePairs } from './word-pairs.js'

/** What a question file asks. */
export type Questions =
  | { kind: 'analogies'; sections: AnalogySection[] }
  | ({ kind: 'similarity' } & FilePairs)

/** Reads a question file of either kind. Throws `no-input`, and `bad-data` with the line. */
export async function readQuestions(path: string): Promise<Questions> {
  const lines = await readLines(path)
  const [first = lines[0]!, second] = lines.filter(line => !mayBeComment(line))
  if (isPairs(first, second)) return { kind: 'similarity', ...parsePairs(path, lines) }
  if (first.text.startsWith(':') || first.text.split(/[ \t]+/).length === 4)
    return { kind: 'analogies', sections: parseAnalogies(path, lines) }
  if (isAnswerList(first.text)) return { kind: 'analogies', sections: parseAnswerLists(path, lines) }
  throw lineError(path, first, {
    found: shown(first.text),
    expected:
      'analogies (": section", four words, or a word, a tab and its answers) or pairs (two words and a score)',
  })
}

/** Names of columns may come first; of more than three, numbers below them tell that they are names. */
function isPairs({ text }: FileLine, second: FileLine | undefined): boolean {
  if (text.startsWith(':')) return false
  const [fields, next] = [fieldsOf(text), fieldsOf(second?.text ?? '')]
  return fields.length === 3 || hasScore(fields) || (hasScore(next) && next.length === fields.length)
}
