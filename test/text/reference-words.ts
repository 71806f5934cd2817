/** The tokenizer 'words' said again in the plainest way: one regular expression over decoded text. */
const SCRIPTS = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar']
const IN_SCRIPT = new RegExp(
  `[${SCRIPTS.map(name => `\\p{Script=${name}}`).join('')}\\u3006\\u3031-\\u3035\\u303c\\u30fc\\uff70\\uff9e\\uff9f]`,
  'u',
)
const CHARACTER = /[\p{L}\p{M}\p{N}_]/u
const START = /[\p{L}\p{N}_]/u
const JOINER = /['’·\u0387\u055f\u05f4\u2027]|\u200c|\u200d/
const UNSEEN = /[\u00ad\u061c\u180e\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g

type Kind = 'word' | 'mark' | 'segmented' | 'joiner' | 'other'

function kindOf(character: string): Kind {
  if (JOINER.test(character)) return 'joiner'
  if (!CHARACTER.test(character)) return 'other'
  if (IN_SCRIPT.test(character)) return 'segmented'
  return START.test(character) ? 'word' : 'mark'
}

/** Each character becomes the first letter of its kind, so that the grammar of words is one regular expression. */
const TOKEN = /s[sm]*|w[wm]*(?:j[wm]+)*/g

/** Tokens of each line that has any. For texts without runs so long that they are segmented in windows. */
export function referenceWords(text: string): string[][] {
  return text
    .split('\n')
    .map(wordsOfLine)
    .filter(words => words.length > 0)
}

function wordsOfLine(line: string): string[] {
  const characters = [...line.replaceAll(UNSEEN, '')]
  const kinds = characters.map(character => kindOf(character)[0]).join('')
  return [...kinds.matchAll(TOKEN)].flatMap(match => {
    const token = characters.slice(match.index, match.index + match[0].length).join('')
    const words = match[0].startsWith('s') ? segments(token) : [token.replaceAll('’', "'").toLowerCase()]
    return words.filter(word => Buffer.byteLength(word) <= 1000)
  })
}

function segments(run: string): string[] {
  return [...new Intl.Segmenter('en', { granularity: 'word' }).segment(run)]
    .filter(({ segment }) => /[\p{L}\p{N}]/u.test(segment))
    .map(({ segment }) => segment)
}
