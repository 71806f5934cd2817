import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** A file of ours as far as other files are concerned. */
export interface SourceFile {
  /** From the root of the project, with slashes. */
  readonly path: string
  readonly text: string
  readonly imports: readonly Import[]
  /** Names of values that it declares and exports. */
  readonly values: readonly string[]
  readonly functions: readonly FunctionLength[]
}

export interface FunctionLength {
  /** The line it begins on, from 1. */
  readonly line: number
  readonly lines: number
}

export interface Import {
  readonly specifier: string
  /** Where the specifier leads, if that is a file of ours. */
  readonly target: string | undefined
  /** As the target calls them; '*' for all of them. */
  readonly names: readonly string[]
}

/** How many lines every file in a folder has, of whatever kind; but for generated ones. */
export function lengthsOf(folder: string): { readonly path: string; readonly lines: number }[] {
  return readdirSync(root + folder, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter(entry => entry.isFile() && !entry.name.includes('.generated.'))
    .map(({ parentPath, name }) => {
      const path = `${parentPath}/${name}`.replaceAll('\\', '/')
      const lines = readFileSync(path, 'utf8').trimEnd().split('\n').length
      return { path: path.slice(root.length), lines }
    })
}

/** Every file of TypeScript in a folder. */
export function sourcesOf(folder: string): SourceFile[] {
  return readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts') && !name.endsWith('.generated.ts'))
    .map(name => sourceFile(`${folder}/${name.replaceAll('\\', '/')}`))
}

/** Groups of files, or of folders, of which each imports, by way of others, itself. */
export function circlesOf(
  sources: readonly {
    readonly path: string
    readonly imports: readonly { readonly target: string | undefined }[]
  }[],
): string[] {
  const targets = new Map(
    sources.map(({ path, imports }) => [path, imports.map(({ target }) => target ?? '')]),
  )
  const reached = new Map([...targets.keys()].map(path => [path, reachedFrom(path, targets)]))
  const circles = new Set<string>()
  for (const [path, others] of reached)
    if (others.has(path))
      circles.add(
        [...others]
          .filter(other => reached.get(other)?.has(path))
          .sort()
          .join(' '),
      )
  return [...circles]
}

function reachedFrom(path: string, targets: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set<string>()
  const visit = (from: string) => {
    for (const target of targets.get(from) ?? [])
      if (!reached.has(target)) {
        reached.add(target)
        visit(target)
      }
  }
  visit(path)
  return reached
}

function sourceFile(path: string): SourceFile {
  const text = readFileSync(root + path, 'utf8')
  const parsed = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  return {
    path,
    text,
    imports: importsIn(parsed, path),
    values: parsed.statements.flatMap(exportedValues),
    functions: functionsIn(parsed),
  }
}

function importsIn(parsed: ts.SourceFile, path: string): Import[] {
  const imports: Import[] = []
  const add = (literal: ts.Node | undefined, names: readonly string[]) => {
    if (literal && ts.isStringLiteralLike(literal))
      imports.push({ specifier: literal.text, target: targetOf(path, literal.text), names })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, namesOf(node.importClause?.namedBindings))
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, namesOf(node.exportClause))
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, ['*'])
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], ['*'])
    ts.forEachChild(node, visit)
  }
  visit(parsed)
  return imports
}

function namesOf(bindings: ts.NamedImportBindings | ts.NamedExportBindings | undefined): string[] {
  if (bindings && (ts.isNamedImports(bindings) || ts.isNamedExports(bindings)))
    return bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
  return ['*']
}

/** The source that a relative path, with or without an ending, #room/file or #platform/room/file leads to. */
function targetOf(path: string, specifier: string): string | undefined {
  if (specifier.startsWith('#platform/')) return `src/${specifier.slice('#platform/'.length)}.node.ts`
  if (specifier.startsWith('#')) return `src/${specifier.slice(1)}.ts`
  if (!specifier.startsWith('.')) return undefined
  return `${posix.join(posix.dirname(path), specifier).replace(/\.js$/, '')}.ts`
}

function exportedValues(statement: ts.Statement): string[] {
  const isExported =
    ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  if (!isExported) return []
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
    return statement.name ? [statement.name.text] : []
  if (!ts.isVariableStatement(statement)) return []
  return statement.declarationList.declarations.flatMap(({ name }) =>
    ts.isIdentifier(name) ? [name.text] : [],
  )
}

/** Functions, methods and arrows, those within others as well. */
function functionsIn(parsed: ts.SourceFile): FunctionLength[] {
  const found: FunctionLength[] = []
  const lineOf = (place: number) => parsed.getLineAndCharacterOfPosition(place).line + 1
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) {
      const line = lineOf(node.getStart(parsed))
      found.push({ line, lines: lineOf(node.end) - line + 1 })
    }
    ts.forEachChild(node, visit)
  }
  visit(parsed)
  return found
}
