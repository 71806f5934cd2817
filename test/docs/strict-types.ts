import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const page = readFileSync(`${root}docs/browser.md`, 'utf8')

/** Without the types of Node, and with those of our own declarations checked, too. */
const strict = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
  types: [],
  noEmit: true,
} satisfies ts.CompilerOptions

/** Tests that what the page about browsers shows compiles. `path` leads to a compiler. */
export function testPageIn(name: string, path: string | undefined): void {
  const skip =
    path === undefined && `${name} is not installed: name the folder of its package in TYPESCRIPT_5`
  test(`what the page about browsers shows compiles in strict mode: ${name}`, { skip }, async () => {
    const compiler = ((await import(path!)) as { default: typeof ts }).default
    assert.ok(compiler.version.startsWith(name.slice('TypeScript '.length)), compiler.version)
    assert.deepEqual(faultsOf(programOfPage(), compiler), [])
  })
}

/** The first program of the page, and every call in its table of texts without files. */
function programOfPage(): string {
  const shown = /```js\n([\s\S]*?)```/.exec(page)![1]!
  const calls = [...page.matchAll(/`((?:train|read|openVectorFile)\([^`]+\))`/g)].map(([, call]) => call!)
  assert.ok(calls.length >= 8, calls.join('\n'))
  const given = `
    import { openVectorFile } from 'wordloom/formats'
    declare const text: string, url: string, name: string, file: File, bytes: Uint8Array
    declare const body: NonNullable<Response['body']>`
  const wrong = '// @ts-expect-error: a number is no text\ntrain(1)'
  return [given, wrong, `{ ${calls.join('; ')} }`, shown.replaceAll(/\bfile\b/g, 'saved')].join('\n')
}

function faultsOf(text: string, compiler: typeof ts): string[] {
  const path = `${root}build/strict-types.ts`
  const host = compiler.createCompilerHost(strict)
  const { getSourceFile, fileExists } = host
  host.fileExists = name => name === path || fileExists(name)
  host.getSourceFile = (name, target, ...rest) =>
    name === path ? compiler.createSourceFile(name, text, target) : getSourceFile(name, target, ...rest)
  const program = compiler.createProgram([path], strict, host)
  return compiler
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => compiler.flattenDiagnosticMessageText(messageText, ' '))
}
