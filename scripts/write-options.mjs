// Writes above every option of a call what its table says of it, so that an editor shows it: node scripts/write-options.mjs
// What stands below an empty line of such a comment was written by hand, and stays.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('..', import.meta.url))
const WIDTH = 110

/** Interfaces of tables that do not name theirs. */
const interfacesOf = { optionTable: ['TrainingOptions'] }

/** Programs whose names for an option are told. */
const programs = { word2vec: 'word2vec.c', gensim: 'gensim', fasttext: 'fastText' }

/** Each table of options with the interfaces of the calls that take them: { path, table, options, interfaces }. */
export async function optionTables() {
  const tables = sources().flatMap(tablesIn)
  return Promise.all(
    tables.map(async ({ path, table, interfaces }) => {
      const module = await import(
        pathToFileURL(root + path.replace(/^src\//, 'dist/').replace(/\.ts$/, '.js')).href
      )
      return { path, table, options: module[table], interfaces }
    }),
  )
}

/** What an editor shows of an option: its help, its values, its default, and what other programs call it. */
export async function sayOption(option) {
  const { isUnbounded, valuesOf } = await import('../dist/options/index.js')
  const value = option.otherwise ?? (isUnbounded(option.default) ? undefined : shown(option.default))
  const byDefault = value === undefined ? '' : `; default ${value}`
  const values = option.kind === 'text' ? '' : `. ${capital(valuesOf(option))}`
  const names = Object.entries(option.elsewhere ?? {}).map(
    ([program, name]) => `${programs[program]}: ${name}`,
  )
  const elsewhere = names.length === 0 ? '' : ` In ${names.join('; in ')}.`
  return `${capital(option.help)}${values}${byDefault}.${elsewhere}`
}

/** Files with their comments as they should be, by their paths. */
export async function withOptions() {
  const wanted = new Map() // by interface and member
  for (const { options, interfaces } of await optionTables())
    for (const [name, option] of Object.entries(options))
      for (const one of interfaces) wanted.set(`${one}.${name}`, await sayOption(option))
  return new Map(sources().map(path => [path, withComments(readFileSync(root + path, 'utf8'), wanted)]))
}

function sources() {
  return readdirSync(`${root}src`, { recursive: true })
    .filter(name => name.endsWith('.ts') && !name.endsWith('.generated.ts') && !name.startsWith('cli/'))
    .map(name => `src/${name}`)
}

/** `export const xTable = { … } as const satisfies OptionTable<… keyof Interface …>`. */
function tablesIn(path) {
  const parsed = parse(readFileSync(root + path, 'utf8'))
  return parsed.statements.filter(ts.isVariableStatement).flatMap(({ declarationList }) =>
    declarationList.declarations.flatMap(({ name, initializer }) => {
      const table = name.getText(parsed)
      if (!/^(\w+O|o)ptionTable$/.test(table)) return []
      const keys = initializer.getText(parsed).match(/keyof (\w+)/g) ?? []
      return [{ path, table, interfaces: interfacesOf[table] ?? keys.map(key => key.slice('keyof '.length)) }]
    }),
  )
}

function withComments(text, wanted) {
  const edits = []
  for (const statement of parse(text).statements)
    if (ts.isInterfaceDeclaration(statement))
      for (const member of statement.members) {
        const says = wanted.get(`${statement.name.text}.${member.name?.getText()}`)
        if (says) edits.push([member.getFullStart(), member.getStart(), commentOf(says, member)])
      }
  return edits
    .reverse()
    .reduce((all, [from, to, comment]) => all.slice(0, from) + comment + all.slice(to), text)
}

/** The comment and what separates it from the member before. */
function commentOf(says, member) {
  const before = member.getFullText().slice(0, member.getLeadingTriviaWidth())
  const byHand = /\n\s*\*\s*\n([\s\S]*?)\s*\*\/\s*$/.exec(before)?.[1]
  if (byHand === undefined && says.length + 9 <= WIDTH) return `\n  /** ${says} */\n  `
  const lines = wrapped(says).map(line => `   * ${line}\n`)
  return `\n  /**\n${lines.join('')}${byHand === undefined ? '' : `   *\n${byHand}\n`}   */\n  `
}

function wrapped(says) {
  const lines = ['']
  for (const word of says.split(' '))
    if (lines.at(-1).length + word.length + 6 > WIDTH) lines.push(word)
    else lines.push(`${lines.pop()} ${word}`.trim())
  return lines
}

function parse(text) {
  return ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true)
}

function shown(value) {
  if (typeof value === 'number') return value.toLocaleString('en', { maximumFractionDigits: 20 })
  if (typeof value === 'string') return `'${value}'`
  if (Array.isArray(value)) return value.length === 0 ? 'none' : `[${value.join(', ')}]`
  return value
}

function capital(text) {
  return /^[a-z],/.test(text) ? text : text[0].toUpperCase() + text.slice(1) // d, numbers in a vector
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [path, text] of await withOptions())
    if (readFileSync(root + path, 'utf8') !== text) writeFileSync(root + path, text)
