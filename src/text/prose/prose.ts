/** Finds the prose in what programmers write: Markdown, and the comments of JavaScript and TypeScript. */

/** Paragraphs, list items, headings and table rows of Markdown, without code. */
export function* markdownParagraphs(text: string): Generator<string> {
  const readable = text
    .replace(/^---\n[\s\S]*?\n---\n/, '')
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/<(pre|script|style|svg)\b[\s\S]*?<\/\1>/gi, ' ')
  let paragraph: string[] = []
  let fence = ''
  let indentedCode = false
  for (const line of readable.split('\n')) {
    const mark = /^\s*(```+|~~~+)/.exec(line)?.[1]
    if (fence !== '') {
      if (mark?.startsWith(fence)) fence = ''
      continue
    }
    const isIndented = /^(\t| {4})/.test(line) && !LIST_ITEM.test(line)
    indentedCode = isIndented && (indentedCode || paragraph.length === 0)
    const isBreak = mark !== undefined || indentedCode || STANDS_ALONE.test(line)
    if (isBreak || LIST_ITEM.test(line)) {
      if (paragraph.length > 0) yield paragraph.join(' ')
      paragraph = []
    }
    if (mark !== undefined) fence = mark
    else if (indentedCode) continue
    else if (HEADING_OR_ROW.test(line)) yield line.replace(/^[\s#>|]+/, '').replaceAll('|', ' ')
    else if (!isBreak) paragraph.push(line.replace(/^[\s>]*([-*+]|\d+[.)])?\s+/, ''))
  }
  if (paragraph.length > 0) yield paragraph.join(' ')
}

const LIST_ITEM = /^[\s>]*([-*+]|\d+[.)])\s/
const HEADING_OR_ROW = /^[\s>]*(#{1,6}\s|\|.*[a-z])/i
/** Empty lines, headings, rules, table rows, definitions of links, directives. */
const STANDS_ALONE = /^[\s>]*($|#{1,6}\s|[-=*_|: ]+$|\||\[[^\]]+\]:|:::)/

/** The paragraphs of comments: of each block, and of each run of whole lines that begin with two slashes. */
export function* commentParagraphs(code: string): Generator<string> {
  for (const [comment] of code.matchAll(COMMENT)) {
    if (comment.length < 20) continue
    yield* tagParagraphs(comment.replace(DECORATION, ''))
  }
}

/** Comments that begin a line: code before one makes it a note on that line rather than prose. */
const COMMENT = /^[ \t]*(?:\/\*[\s\S]*?\*\/|\/\/.*(?:\r?\n[ \t]*\/\/.*)*)/gm
/** What stands before and after the words of a comment's lines. */
const DECORATION = /^[ \t]*(?:\/\*+!?|\/{2,}[!/]?|\*+(?!\/))?|\*+\/[ \t]*$/gm

/** Splits a comment at its tags, keeping what tags say in words. */
function* tagParagraphs(comment: string): Generator<string> {
  const sections = comment
    .replace(/\{@\w+\s+([^}|]{0,300})(?:\|([^}]{0,300}))?\}/g, '$2 $1')
    .split(/^\s*@(?=[a-zA-Z])/m)
  yield* markdownParagraphs(unindented(sections[0]!))
  for (const section of sections.slice(1)) {
    const tag = /^\w+/.exec(section)![0]
    if (WORDLESS_TAGS.has(tag)) continue
    const words = section.slice(tag.length).replace(/^\s*\{[^}]*\}/, '')
    yield* markdownParagraphs(
      unindented(NAMED_TAGS.has(tag) ? words.replace(/^\s*\[?[\w.$=]+\]?\s*[-:–]?/, '') : words),
    )
  }
}

const NAMED_TAGS = new Set([
  'param',
  'arg',
  'argument',
  'property',
  'prop',
  'template',
  'typeParam',
  'typeparam',
])
const WORDLESS_TAGS = new Set(
  'example see author license copyright since version default defaultValue type typedef module name memberof'
    .split(' ')
    .concat(
      'namespace exports requires ts eslint jest preserve source file category group link alias'.split(' '),
    ),
)

/** Comments are indented as the code is: by as much as their first line that has words. */
function unindented(text: string): string {
  const lines = text.split('\n')
  const indent = /^\s*/.exec(lines.find((line, i) => i > 0 && line.trim() !== '') ?? '')![0].length
  return lines
    .map((line, i) => (i === 0 ? line.trim() : line.replace(new RegExp(`^[ \\t]{0,${indent}}`), '')))
    .join('\n')
}
