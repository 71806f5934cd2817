// Writes src/text/scanning/letter-ranges.ts: what each character is to the tokenizer 'words', from the Unicode tables of
// the Node that runs this. Engines have different versions of Unicode, and the same text must give the same words in all
// of them, so the tables are Wordloom's own and are written again only to take up a new version.
import { writeFileSync } from 'node:fs'

const { unicode } = process.versions
const SEGMENTED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3006\u3031-\u3035\u303c\u30fc\uff70\uff9e\uff9f]/u
const LETTER = /[\p{L}\p{N}_]/u
const MARK = /\p{M}/u
const WIDTH = 110

const points = Array.from({ length: 0x110000 }, (_, point) => point).filter(
  point => (point & 0xfff800) !== 0xd800,
)

function kindOf(point) {
  const character = String.fromCodePoint(point)
  const isSegmented = SEGMENTED.test(character)
  if (LETTER.test(character)) return isSegmented ? 'S' : 'L'
  if (MARK.test(character)) return isSegmented ? 'T' : 'M'
  return 'O'
}

/** Each stretch of one kind: its kind, and its length in base 36. */
function runs() {
  const found = []
  let start = 0
  let kind = 'O'
  for (const point of points) {
    const next = kindOf(point)
    if (next === kind) continue
    if (point > start) found.push(kind + (point - start).toString(36))
    start = point
    kind = next
  }
  return found
}

/** Stretches of capitals that lie `step` apart and are as far from their lower cases, in base 36. */
function capitals() {
  const found = []
  for (const point of points) {
    const lower = String.fromCodePoint(point).toLowerCase()
    const [lowered] = [...lower].map(character => character.codePointAt(0))
    if (lowered === point) continue
    if ([...lower].length > 1) {
      if (point !== 0x130) throw new Error(`U+${point.toString(16)} has a lower case of several characters`)
      continue
    }
    const last = found.at(-1)
    const step = last && point - (last.start + (last.count - 1) * last.step)
    if (last?.by === lowered - point && (last.count === 1 ? step <= 2 : step === last.step)) {
      last.step = step
      last.count++
    } else found.push({ start: point, count: 1, step: 1, by: lowered - point })
  }
  return found.map(({ start, count, step, by }) =>
    [start, count, step, by].map(n => n.toString(36)).join(','),
  )
}

function wrapped(words, separator) {
  const lines = ['']
  for (const word of words) {
    if (lines.at(-1).length + word.length > WIDTH) lines.push('')
    lines[lines.length - 1] += `${word}${separator}`
  }
  return lines.map(line => `  '${line}',`).join('\n')
}

writeFileSync(
  new URL('../src/text/scanning/letter-ranges.ts', import.meta.url),
  `// Written by scripts/write-letters.mjs.

/** The version of Unicode whose letters, marks and lower cases the tokenizer 'words' has. */
export const UNICODE_VERSION = '${unicode}'

/**
 * Stretches of characters from U+0000 on, each with its kind and its length in base 36. O separates words, L is a letter,
 * digit or underscore, M a mark; S and T are L and M of scripts that are written without spaces.
 */
export const kindRuns: string = [
${wrapped(runs(), '')}
].join('')

/** Stretches of capitals, in base 36: the first, how many, how far apart, and how far their lower cases are from them. */
export const capitalRuns: string = [
${wrapped(capitals(), ' ')}
].join('')
`,
)
