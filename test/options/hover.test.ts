import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import ts from 'typescript'
import type { Option } from '#options/index'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const { optionTables, sayOption, withOptions } = (await import(
  pathToFileURL(`${root}scripts/write-options.mjs`).href
)) as {
  optionTables(): Promise<readonly Table[]>
  sayOption(option: Option): Promise<string>
  withOptions(): Promise<ReadonlyMap<string, string>>
}

interface Table {
  readonly path: string
  readonly table: string
  readonly options: Readonly<Record<string, Option>>
  readonly interfaces: readonly string[]
}

/** Their options are given as arguments, one by one. */
const WITHOUT_CALLS = ['postProcessingOptionTable', 'treebankOptionTable']
/** Of `openIndex`, the second argument. */
const ARGUMENTS = ['searchOptionTable.search']

test('the comments of options are those that their tables make', async () => {
  for (const [path, text] of await withOptions())
    assert.equal(readFileSync(root + path, 'utf8'), text, `${path}: run node scripts/write-options.mjs`)
})

test('an editor shows of every option what its table says', async () => {
  const tables = (await optionTables()).filter(({ table }) => !WITHOUT_CALLS.includes(table))
  const options = tables.flatMap(table =>
    Object.entries(table.options)
      .filter(([name]) => !ARGUMENTS.includes(`${table.table}.${name}`))
      .map(([name, option]) => ({ ...table, name, option })),
  )
  assert.ok(options.length > 90, `${options.length} options`)
  const hovered = hover(options.map(callWith))
  for (const [i, { table, name, option }] of options.entries())
    assert.equal(
      hovered[i]!.split('\n\n')[0]!.replaceAll('\n', ' '),
      await sayOption(option),
      `${table}.${name}`,
    )
})

interface OneOption extends Table {
  readonly name: string
}

/** A program that gives the option, which is where one hovers over it. */
function callWith({ path, table, interfaces, name }: OneOption): string {
  if (table === 'optionTable')
    return `import { train } from 'wordloom'; train('x', { ${name}: undefined as never })`
  const types = interfaces.map(type => `import('${root}${declaredIn(type, path)}').${type}`)
  return `const given: ${types[0]} = { ${name}: undefined as never }`
}

/** The declarations of the interface: those of the table's file, or of one that it imports. */
function declaredIn(type: string, path: string): string {
  const compiled = path.replace(/^src\//, 'dist/').replace(/\.ts$/, '.d.ts')
  const text = readFileSync(root + path, 'utf8')
  const imported = new RegExp(`import [^;]*?\\b${type}\\b[^;]*? from '\\./([^']+)'`).exec(text)?.[1]
  return (imported ? compiled.replace(/[^/]+$/, imported) : compiled).replace(/\.d\.ts$/, '.js')
}

/** What the language service tells of the name before the value of each program. */
function hover(programs: readonly string[]): string[] {
  const files = new Map(programs.map((text, i) => [`${root}build/hovered-${i}.ts`, text]))
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    exactOptionalPropertyTypes: false,
    types: ['node'],
    noEmit: true,
    skipLibCheck: true,
  }
  const service = ts.createLanguageService({
    getScriptFileNames: () => [...files.keys()],
    getScriptVersion: () => '1',
    getScriptSnapshot: path => {
      const text = files.get(path) ?? ts.sys.readFile(path)
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
    },
    getCurrentDirectory: () => root,
    getCompilationSettings: () => options,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: path => files.has(path) || ts.sys.fileExists(path),
    readFile: path => files.get(path) ?? ts.sys.readFile(path),
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  })
  return [...files].map(([path, text]) => {
    const at = /\w+(?=: undefined as never)/.exec(text)!.index
    return ts.displayPartsToString(service.getQuickInfoAtPosition(path, at)?.documentation)
  })
}
