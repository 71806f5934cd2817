// Mathematics in Markdown: $…$ within a line, $$…$$ as a block, set by KaTeX. `use` it on a markdown-it instance.
import { createRequire } from 'node:module'
import katex from 'katex'

export function markdownMath(markdown) {
  markdown.inline.ruler.after('escape', 'math_inline', inlineMath)
  markdown.block.ruler.after('blockquote', 'math_block', blockMath, {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  })
  markdown.renderer.rules.math_inline = (tokens, i) => formula(tokens[i].content, false)
  markdown.renderer.rules.math_block = (tokens, i) => `<p>${formula(tokens[i].content, true)}</p>\n`
}

/** A page as TypeDoc renders it: by the same markdown-it. */
export function renderMarkdown(text) {
  const ofTypeDoc = createRequire(createRequire(import.meta.url).resolve('typedoc'))
  const markdownIt = ofTypeDoc('markdown-it')
  return markdownIt({ html: true }).use(markdownMath).render(text)
}

/** Strict: a formula that KaTeX does not know ends the build with its text. */
export function formula(tex, displayMode) {
  try {
    return katex.renderToString(tex, { displayMode, strict: 'error', throwOnError: true })
  } catch (error) {
    throw new Error(`$${tex}$: ${error.message}`)
  }
}

/** As GitHub reads it: no space after the first dollar nor before the last, and no digit after that. */
function inlineMath(state, silent) {
  const { src, pos } = state
  if (src[pos] !== '$' || src[pos + 1] === '$') return false
  const end = src.indexOf('$', pos + 1)
  if (end < 0 || end >= state.posMax) return false
  const content = src.slice(pos + 1, end)
  if (/^\s|\s$/.test(content) || /\d/.test(src[end + 1] ?? '')) return false
  if (!silent) state.push('math_inline', 'math', 0).content = content
  state.pos = end + 1
  return true
}

/** From a line that begins with $$ to the next line that ends with it, which may be the same. */
function blockMath(state, start, last, silent) {
  const line = i => state.src.slice(state.bMarks[i] + state.tShift[i], state.eMarks[i]).trim()
  if (!line(start).startsWith('$$')) return false
  const lines = [line(start).slice(2)]
  let next = start + 1
  while (!lines.at(-1).endsWith('$$')) {
    if (next >= last) return false
    lines.push(line(next++))
  }
  if (silent) return true
  const token = state.push('math_block', 'math', 0)
  token.block = true
  token.content = lines.join('\n').slice(0, -2).trim()
  token.map = [start, next]
  state.line = next
  return true
}
