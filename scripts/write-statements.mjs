// Writes the lists of statements in docs/equations.md from the table in the code: node scripts/write-statements.mjs
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const page = fileURLToPath(new URL('../docs/equations.md', import.meta.url))
const markers = /(<!-- statements: .*? -->\n)[\s\S]*?(<!-- \/statements -->)/

const titles = [
  'Question 1: cross-entropy',
  'Question 2: the gradient by the center word',
  'Question 3: the gradient by the outside words',
  'Question 4: the sigmoid',
  'Question 5: negative sampling',
  'Question 6: the window',
]
const signs = { right: '✓', condition: '△', slip: '✗' }
const verdicts = { right: 'Right', condition: 'Right under a condition that is not said', slip: 'A slip' }

/** The page with its lists as the table and its checks have them. */
export function withStatements(text, statements, checks) {
  const entries = statements.map((statement, i) => entry(statement, checks[i]))
  const lists = titles.map((title, i) => {
    const ofQuestion = entries.filter((_, k) => statements[k].question === i + 1)
    return `### ${title}\n\n${ofQuestion.join('\n\n')}\n`
  })
  return text.replace(
    markers,
    (_, open, close) => `${open}\n${summary(statements)}\n${lists.join('\n')}\n${close}`,
  )
}

/** Which statements have which verdict. */
function summary(statements) {
  const rows = Object.entries(verdicts).map(([verdict, words]) => {
    const ids = statements.filter(statement => statement.verdict === verdict).map(({ id }) => id)
    return `| ${signs[verdict]} ${words} | ${ids.length} | ${ids.join(', ')} |`
  })
  return `| Verdict | How many | Which |\n| --- | ---: | --- |\n${rows.join('\n')}\n`
}

/** What it says, its formula, and, where that is not the right one, the right one and why. */
function entry({ id, verdict, slips, says, written, right, rightInColumns, why }, check) {
  const kind = slips.length > 0 ? ` (${slips.join(', ')})` : ''
  const parts = [`**${id}** ${signs[verdict]}${kind} ${prose(says)}`, block(written)]
  if (right !== written) parts.push(verdict === 'slip' ? 'Right:' : 'In full:', block(right))
  if (rightInColumns) parts.push('With words in columns:', block(rightInColumns))
  parts.push(`${prose(why)}${difference(check)}`)
  return parts.join('\n\n')
}

/** How far the letter is from the right form in the example. */
function difference({ isHarmless, letterDifference }) {
  if (isHarmless) return ''
  return Number.isFinite(letterDifference)
    ? ` In the example of the table the letter is ${letterDifference.toPrecision(2)} off, by (17).`
    : ' In the example of the table the letter has another shape.'
}

function block(tex) {
  return `$$${inMarkdown(tex)}$$`
}

/** Names with an index, such as u_w and ŷ_o, as formulas. */
function prose(text) {
  const names = /(?<![\p{L}_])([a-zŷΣ])_(\w|\{[^}]+\})(?![\p{L}_])/gu
  const letters = { ŷ: '\\hat y', Σ: '\\sum' }
  return text.replaceAll(names, (_, name, index) => `$${letters[name] ?? name}_${index}$`)
}

/** In a line of Markdown a backslash before punctuation is an escape, so thin spaces are written out. */
function inMarkdown(tex) {
  const spaces = { '\\,': '\\thinspace ', '\\;': '\\thickspace ' }
  return tex.replaceAll(/\\[,;]/g, space => spaces[space])
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { checkStatements, statements } = await import('../dist/solution/index.js')
  writeFileSync(page, withStatements(readFileSync(page, 'utf8'), statements, checkStatements()))
}
