// Source files as pages of the documentation, with an anchor for each line (#L12) and each named thing (#softmax).
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, posix } from 'node:path'

/** A definition at the start of a line; the anchor of its name. */
const definition = /^(?:export )?(?:declare )?(?:async )?(?:function\*?|const|class|interface|type) +(\w+)/

/** The names that a source file defines, each with its line from 0. */
export function namesIn(text) {
  return text.split('\n').flatMap((line, i) => {
    const name = definition.exec(line)?.[1]
    return name ? [{ name, line: i }] : []
  })
}

/** Writes a page for a file of the repository, or for a folder its list of files. Returns the page's path under `site`. */
export function writeSourcePage(root, site, path) {
  const page = sourcePageOf(path)
  const target = `${site}/${page}`
  if (existsSync(target)) return page
  mkdirSync(dirname(target), { recursive: true })
  const up = '../'.repeat(page.split('/').length - 1)
  const body = statSync(`${root}/${path}`).isDirectory() ? folder(root, site, path) : file(root, path)
  writeFileSync(target, pageOf(path, up, body))
  return page
}

export function sourcePageOf(path) {
  return `source/${path.replace(/\/$/, '')}.html`
}

function folder(root, site, path) {
  const files = readdirSync(`${root}/${path}`, { withFileTypes: true }).filter(entry => entry.isFile())
  const links = files.map(({ name }) => {
    const page = writeSourcePage(root, site, posix.join(path, name))
    return `<li><a href="${posix.relative(dirname(sourcePageOf(path)), page)}">${escapeHtml(name)}</a></li>`
  })
  return `<ul>${links.join('\n')}</ul>`
}

function file(root, path) {
  const text = readFileSync(`${root}/${path}`, 'utf8').trimEnd()
  const anchors = new Map(namesIn(text).map(({ name, line }) => [line, name]))
  const lines = highlighted(text).split('\n')
  const rows = lines.map((line, i) => {
    const anchor = anchors.has(i) ? ` id="${anchors.get(i)}"` : ''
    return `<span class="line" id="L${i + 1}"><a class="number" href="#L${i + 1}">${i + 1}</a><span${anchor}>${line}</span>\n</span>`
  })
  return `<pre>${rows.join('')}</pre>`
}

/** Comments and strings in colours of their own. A comment of several lines is closed and opened again at each end. */
function highlighted(text) {
  const parts =
    /(\/\*[\s\S]*?\*\/|\/\/.*)|('(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\b(export|import|from|function|const|let|return|for|of|in|if|else|throw|new|interface|type|class|async|await|readonly|extends|yield|while|case|switch|break|continue|typeof|as)\b/g
  const wrap = (kind, part) =>
    part
      .split('\n')
      .map(line => `<span class="${kind}">${line}</span>`)
      .join('\n')
  return escapeHtml(text).replaceAll(parts, (part, comment, string, _keyword) =>
    wrap(comment ? 'comment' : string ? 'string' : 'keyword', part),
  )
}

function pageOf(path, up, body) {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(basename(path))} – Wordloom</title>
<link rel="stylesheet" href="${up}assets/source.css">
</head>
<body>
<header><a href="${up}index.html">Wordloom</a> / ${escapeHtml(path)}</header>
<main>${body}</main>
</body>
</html>
`
}

function escapeHtml(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
