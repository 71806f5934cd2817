import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** What each room may import besides itself. The house has floors, and imports only go down. */
const floors: Record<string, readonly string[]> = {
  'errors.ts': [],
  'version.ts': [],
  math: ['errors.ts'],
  files: ['errors.ts'],
  text: ['errors.ts', 'math', 'files'],
  phrases: ['errors.ts', 'math', 'files', 'text'],
  graphs: ['errors.ts', 'math', 'files', 'text'],
  equations: ['errors.ts', 'math'],
  assignment: ['errors.ts', 'math', 'files', 'text', 'equations'],
  cost: ['errors.ts', 'math', 'equations'],
  vectors: ['errors.ts', 'math', 'text'],
  training: [
    'errors.ts',
    'version.ts',
    'math',
    'files',
    'text',
    'phrases',
    'equations',
    'vectors',
    'formats',
  ],
  formats: ['errors.ts', 'math', 'files', 'text', 'vectors'],
  evaluation: ['errors.ts', 'math', 'files', 'text', 'vectors'],
  comparison: ['errors.ts', 'math', 'vectors'],
  documents: ['errors.ts', 'math', 'text', 'equations', 'vectors', 'training'],
  search: ['errors.ts', 'math', 'files', 'vectors'],
  map: ['errors.ts', 'math', 'text', 'vectors'],
  'index.ts': ['errors.ts', 'text', 'phrases', 'graphs', 'vectors', 'training', 'formats', 'evaluation'],
  cli: [
    'errors.ts',
    'version.ts',
    'files',
    'text',
    'phrases',
    'graphs',
    'equations',
    'assignment',
    'cost',
    'vectors',
    'training',
    'formats',
    'evaluation',
    'comparison',
    'documents',
    'search',
    'map',
    'index.ts',
  ],
}

/** node: modules that touch files, sockets or threads, and the rooms that may use them. */
const outside: Record<string, readonly string[]> = {
  'node:fs': ['files', 'text', 'cli'],
  'node:fs/promises': ['files', 'text', 'cli'],
  'node:worker_threads': ['training', 'text', 'search'],
  'node:http': ['cli'],
  'node:child_process': ['cli'],
  'node:process': ['cli'],
}

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('.ts'))
  .map(path => ({ path, room: path.split(sep)[0]!, text: readFileSync(join(root, 'src', path), 'utf8') }))

function importsOf(text: string): string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(match => match[1]!)
}

/** The source that a relative path or #platform/… leads to; other specifiers are packages. */
function targetOf(path: string, specifier: string): string | undefined {
  if (specifier.startsWith('#platform/')) return `${specifier.slice('#platform/'.length)}.node.ts`
  return specifier.startsWith('.')
    ? relative('.', join(path, '..', specifier)).replace(/\.js$/, '.ts')
    : undefined
}

test('every room stands in the table of floors', () => {
  const unknown = new Set(sources.map(source => source.room).filter(room => !(room in floors)))
  assert.deepEqual([...unknown], [])
})

test('imports only go down', () => {
  const wrong: string[] = []
  for (const { path, room, text } of sources)
    for (const specifier of importsOf(text)) {
      const target = targetOf(path, specifier)
      if (target === undefined) continue
      const targetRoom = target.split(sep)[0]!
      if (targetRoom !== room && !floors[room]?.includes(targetRoom)) wrong.push(`${path} imports ${target}`)
    }
  assert.deepEqual(wrong, [])
})

test('the studio uses what any page can: public rooms, random numbers and the library that sets formulas', () => {
  const allowed = /^(\.\.?\/.*|katex|#math\/random|wordloom\/(equations|vectors|formats|map|comparison))$/
  const files = readdirSync(join(root, 'studio'), { recursive: true, encoding: 'utf8' })
  const wrong = files
    .filter(path => path.endsWith('.ts'))
    .flatMap(path =>
      importsOf(readFileSync(join(root, 'studio', path), 'utf8'))
        .filter(specifier => !allowed.test(specifier))
        .map(specifier => `studio/${path} imports ${specifier}`),
    )
  assert.deepEqual(wrong, [])
})

test('files, threads and the process are touched only where they belong', () => {
  const wrong = sources.flatMap(({ path, room, text }) =>
    importsOf(text)
      .filter(specifier => specifier in outside && !outside[specifier]!.includes(room))
      .map(specifier => `${path} imports ${specifier}`),
  )
  assert.deepEqual(wrong, [])
})

test('nothing asks the machine for chance: every draw comes from the seed', () => {
  const wrong = sources.filter(({ text }) => text.includes('Math.random')).map(({ path }) => path)
  assert.deepEqual(wrong, [])
})
