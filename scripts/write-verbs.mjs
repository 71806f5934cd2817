// Writes the table of verbs in docs/cli.md from the verbs themselves: node scripts/write-verbs.mjs
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { between, table } from './tables.mjs'

const page = fileURLToPath(new URL('../docs/cli.md', import.meta.url))

/** The page with a row for each verb: what it does, and the first of its examples that names it. */
export function withVerbs(text, verbs) {
  const rows = verbs.map(({ name, summary, examples }) => {
    const [example] = examples.map(([line]) => line).filter(line => line.startsWith(`wordloom ${name}`))
    return [`\`${name}\``, summary, `\`${example}\``]
  })
  return between(text, 'verbs', table(['Verb', 'What it is for', 'Example'], rows))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { verbs } = await import('../dist/cli/program.js')
  const loaded = await Promise.all(Object.values(verbs).map(load => load()))
  writeFileSync(page, withVerbs(readFileSync(page, 'utf8'), loaded))
}
