import assert from 'node:assert/strict'
import { test } from 'node:test'
import { circlesOf, lengthsOf, type SourceFile, sourcesOf } from './house.js'

const sources = sourcesOf('src')
const others = ['test', 'bench', 'studio'].flatMap(folder => sourcesOf(folder))
const roomOf = (path: string) => path.split('/')[1]!

/** What each room may import besides itself. The house has floors, and imports only go down. */
const floors: Record<string, readonly string[]> = {
  'errors.ts': [],
  'version.ts': [],
  'abort.ts': ['errors.ts'],
  options: ['errors.ts'],
  wasm: ['errors.ts'],
  kernels: ['errors.ts', 'wasm'],
  threads: ['errors.ts'],
  files: ['errors.ts'],
  math: ['errors.ts', 'wasm'],
  scan: ['errors.ts', 'wasm', 'math'],
  ids: ['errors.ts', 'wasm'],
  tensors: ['errors.ts', 'files'],
  text: ['errors.ts', 'options', 'abort.ts', 'wasm', 'threads', 'files', 'math', 'ids'],
  runs: ['errors.ts', 'abort.ts', 'version.ts', 'wasm', 'threads', 'math', 'files', 'tensors'],
  phrases: ['errors.ts', 'options', 'abort.ts', 'math', 'files', 'ids', 'text'],
  graphs: ['errors.ts', 'options', 'abort.ts', 'math', 'files', 'text'],
  equations: ['errors.ts', 'math'],
  reference: ['errors.ts', 'math', 'equations'],
  solution: ['errors.ts', 'options', 'math', 'equations'],
  assignment: ['errors.ts', 'options', 'math', 'files', 'tensors', 'text', 'equations'],
  cost: ['errors.ts', 'options', 'math', 'equations'],
  vectors: ['errors.ts', 'options', 'math', 'scan', 'text'],
  training: [
    'errors.ts',
    'options',
    'abort.ts',
    'version.ts',
    'wasm',
    'threads',
    'math',
    'files',
    'ids',
    'tensors',
    'runs',
    'text',
    'phrases',
    'equations',
    'reference',
    'vectors',
    'formats',
  ],
  formats: ['errors.ts', 'options', 'math', 'scan', 'files', 'tensors', 'text', 'vectors'],
  evaluation: ['errors.ts', 'options', 'math', 'scan', 'files', 'text', 'vectors'],
  comparison: ['errors.ts', 'options', 'math', 'vectors'],
  check: ['errors.ts', 'text', 'training'],
  documents: ['errors.ts', 'options', 'math', 'text', 'equations', 'reference', 'vectors', 'training'],
  classification: [
    'errors.ts',
    'options',
    'abort.ts',
    'version.ts',
    'files',
    'wasm',
    'threads',
    'math',
    'tensors',
    'text',
    'equations',
    'runs',
    'reference',
    'vectors',
    'formats',
    'training',
    'evaluation',
  ],
  prediction: ['errors.ts', 'options', 'math', 'text', 'equations', 'reference', 'vectors', 'training'],
  search: ['errors.ts', 'options', 'wasm', 'threads', 'math', 'scan', 'files', 'vectors'],
  retrieval: ['errors.ts', 'options', 'math', 'files', 'text', 'vectors'],
  map: ['errors.ts', 'options', 'math', 'scan', 'text', 'vectors'],
  server: [
    'errors.ts',
    'options',
    'version.ts',
    'files',
    'math',
    'scan',
    'text',
    'vectors',
    'search',
    'retrieval',
    'classification',
  ],
  'index.ts': ['errors.ts', 'text', 'phrases', 'graphs', 'vectors', 'training', 'formats', 'evaluation'],
  cli: [
    'errors.ts',
    'options',
    'abort.ts',
    'version.ts',
    'files',
    'text',
    'phrases',
    'graphs',
    'equations',
    'reference',
    'solution',
    'assignment',
    'cost',
    'vectors',
    'training',
    'formats',
    'evaluation',
    'comparison',
    'check',
    'documents',
    'classification',
    'prediction',
    'search',
    'retrieval',
    'map',
    'server',
    'index.ts',
  ],
}

/** node: modules that touch files, sockets or threads, and the rooms that may use them. */
const outside: Record<string, readonly string[]> = {
  'node:fs': ['files', 'threads', 'text', 'cli'],
  'node:fs/promises': ['files', 'text', 'cli'],
  'node:worker_threads': ['threads'],
  'node:http': ['cli'],
  'node:child_process': ['cli'],
  'node:process': ['cli'],
}

test('every room stands in the table of floors', () => {
  const unknown = new Set(sources.map(({ path }) => roomOf(path)).filter(room => !(room in floors)))
  assert.deepEqual([...unknown], [])
})

test('imports only go down', () => {
  const wrong = crossings().filter(({ from, to }) => !floors[roomOf(from)]?.includes(roomOf(to)))
  assert.deepEqual(wrong.map(shown), [])
})

test('a room is entered by its door: index.ts for everybody, inner.ts for the rooms of the house', () => {
  const isDoor = (path: string) =>
    /^src\/([^/]+\.ts|[^/]+\/(index|inner(\.node|\.browser|\.threads)?)\.ts)$/.test(path)
  assert.deepEqual(
    crossings()
      .filter(({ to }) => !isDoor(to))
      .map(shown),
    [],
  )
})

test('no file imports itself by way of others, not even for a type', () => {
  assert.deepEqual(circlesOf(sources), [])
  assert.deepEqual(circlesOf(sourcesOf('studio')), [])
})

test('a function is one thought, of 40 lines at most', () => {
  const long = [...sources, ...sourcesOf('studio')].flatMap(({ path, functions }) =>
    functions
      .filter(({ lines }) => lines > 40)
      .map(({ line, lines }) => `${path}:${line} has ${lines} lines`),
  )
  assert.deepEqual(long, [])
})

test('a file is one noun, of 300 lines at most', () => {
  const long = ['src', 'studio', 'kernels'].flatMap(lengthsOf).filter(({ lines }) => lines > 300)
  assert.deepEqual(
    long.map(({ path, lines }) => `${path} has ${lines} lines`),
    [],
  )
})

test('folders in a room are inner rooms: imports among them only go down, and few files stand beside them', () => {
  const innerRoomOf = (path: string) => path.split('/').slice(0, 3).join('/') // of a loose file itself
  const folders = [...new Set(sources.map(({ path }) => innerRoomOf(path)))].map(path => ({
    path,
    imports: sources
      .filter(source => innerRoomOf(source.path) === path)
      .flatMap(({ imports }) => imports)
      .map(({ target }) => ({ target: target && innerRoomOf(target) }))
      .filter(({ target }) => target !== path),
  }))
  assert.deepEqual(circlesOf(folders), [])
  for (const room of ['training', 'text', 'formats']) {
    const loose = folders.filter(({ path }) => path.startsWith(`src/${room}/`) && path.endsWith('.ts'))
    assert.ok(loose.length <= 10, loose.map(({ path }) => path).join(' '))
  }
})

test('a value is exported for somebody', () => {
  const asked = new Set(
    [...sources, ...others].flatMap(({ imports }) =>
      imports.flatMap(({ target, names }) => names.map(name => `${target} ${name}`)),
    ),
  )
  const isAsked = ({ path }: SourceFile, name: string) =>
    [name, '*'].some(one => asked.has(`${path.replace(/\.(browser|workerd)\.ts$/, '.node.ts')} ${one}`))
  const isDoor = ({ path }: SourceFile) => /\/index\.ts$/.test(path) // what people who use the package may ask for
  const wrong = sources
    .filter(source => !isDoor(source))
    .flatMap(source =>
      source.values.filter(name => !isAsked(source, name)).map(name => `${source.path} exports ${name}`),
    )
  assert.deepEqual(wrong, [])
})

test('the studio uses what any page can: public rooms, random numbers, threads and the library that sets formulas', () => {
  const allowed =
    /^(\.\.?\/.*|katex|#math\/random|#threads\/(index|inner\.browser)|wordloom\/(equations|solution|vectors|formats|map|comparison))$/
  const wrong = sourcesOf('studio').flatMap(({ path, imports }) =>
    imports
      .filter(({ specifier }) => !allowed.test(specifier))
      .map(({ specifier }) => `${path} imports ${specifier}`),
  )
  assert.deepEqual(wrong, [])
})

test('files, threads and the process are touched only where they belong', () => {
  const wrong = sources.flatMap(({ path, imports }) =>
    imports
      .filter(({ specifier }) => specifier in outside && !outside[specifier]!.includes(roomOf(path)))
      .map(({ specifier }) => `${path} imports ${specifier}`),
  )
  assert.deepEqual(wrong, [])
})

test('nothing asks the machine for chance: every draw comes from the seed', () => {
  const wrong = sources.filter(({ text }) => text.includes('Math.random')).map(({ path }) => path)
  assert.deepEqual(wrong, [])
})

/** Imports from one room into another. */
function crossings(): { from: string; to: string }[] {
  return sources.flatMap(({ path, imports }) =>
    imports
      .filter(({ target }) => target?.startsWith('src/') && roomOf(target) !== roomOf(path))
      .map(({ target }) => ({ from: path, to: target! })),
  )
}

function shown({ from, to }: { from: string; to: string }): string {
  return `${from} imports ${to}`
}
