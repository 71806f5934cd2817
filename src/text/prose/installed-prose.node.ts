import { createHash } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { WordloomError } from '../../errors.js'
import { englishOf } from './english.js'
import { commentParagraphs, markdownParagraphs } from './prose.js'

/** Larger files are bundles, and reading one whole would take memory. */
const MAX_FILE_BYTES = 1 << 24
/** A file with longer lines on average is minified. */
const MAX_MEAN_LINE = 200

const natural = new Intl.Collator('en', { numeric: true })

/**
 * English that every JavaScript project has at hand: the paragraphs of the Markdown files and of the comments
 * in the code of all packages in the nearest node_modules folder, from `folder` upwards. Each paragraph comes
 * once, cleaned of code, links, tags and licences, in an order that depends on the files alone. Throws
 * `no-input` if there is no node_modules folder, or no prose in it.
 */
export async function* installedProse(folder = '.'): AsyncGenerator<string> {
  const modules = await nearestModules(resolve(folder))
  const seen = new Set<string>()
  for await (const path of proseFiles(modules, new Set()))
    for (const paragraph of await paragraphsIn(path)) {
      const digest = digestOf(paragraph)
      if (seen.has(digest)) continue
      seen.add(digest)
      yield paragraph
    }
  if (seen.size === 0)
    throw new WordloomError('no-input', {
      action: 'read installed prose',
      place: { file: modules },
      found: 'its packages have no prose',
      cure: 'install some with npm, or give a text',
    })
}

async function nearestModules(folder: string): Promise<string> {
  for (let at = folder; ; at = dirname(at)) {
    const modules = at.endsWith('node_modules') ? at : join(at, 'node_modules')
    if ((await stat(modules).catch(() => undefined))?.isDirectory()) return modules
    if (at === dirname(at))
      throw new WordloomError('no-input', {
        action: 'read installed prose',
        place: { file: folder },
        found: 'there is no node_modules folder here or above',
        cure: 'run npm install in a project first, or give a text of your own',
      })
  }
}

/** Paths of Markdown and code in natural order; each real folder once, however many links lead to it. */
async function* proseFiles(folder: string, seen: Set<string>): AsyncGenerator<string> {
  const real = await realpath(folder).catch(() => folder)
  if (seen.has(real)) return
  seen.add(real)
  const entries = await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => [])
  entries.sort((a, b) => natural.compare(a.name, b.name) || (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.name.startsWith('.') && entry.name !== '.pnpm') continue
    if (entry.isFile()) {
      if (MARKDOWN.test(path) || CODE.test(path)) yield path
    } else if (entry.isDirectory()) yield* proseFiles(path, seen)
    else if ((await stat(path).catch(() => undefined))?.isDirectory()) yield* proseFiles(path, seen)
  }
}

const MARKDOWN = /\.(md|markdown|mdx)$/i
const CODE = /(?<!\.min)\.[cm]?[jt]s$/

async function paragraphsIn(path: string): Promise<string[]> {
  const { size } = await stat(path)
  if (size > MAX_FILE_BYTES) return []
  const text = (await readFile(path, 'utf8')).replaceAll('\r\n', '\n')
  if (MARKDOWN.test(path)) return english(markdownParagraphs(text))
  const lines = text.split('\n', 1 + text.length / MAX_MEAN_LINE).length
  return lines * MAX_MEAN_LINE < text.length ? [] : english(commentParagraphs(text))
}

function english(paragraphs: Iterable<string>): string[] {
  const found: string[] = []
  for (const paragraph of paragraphs) {
    const text = englishOf(paragraph)
    if (text !== '') found.push(text)
  }
  return found
}

/** The same words count as the same paragraph. 96 bits: two paragraphs never meet by chance. */
function digestOf(paragraph: string): string {
  const words = paragraph.toLowerCase().replace(/[^a-z0-9]+/g, ' ')
  return createHash('sha1').update(words).digest('base64').slice(0, 16)
}
