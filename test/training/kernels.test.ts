import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import ts from 'typescript'
import { type Measures, scratchSizes, ThreadRecords } from '#training/memory/records.generated'
import { placeArrays, threadBytes } from '#training/memory/thread-records'
import { circlesOf, type SourceFile, sourcesOf } from '../house.js'

interface Description {
  readonly records: Record<string, { readonly owner: string; readonly fields: Record<string, unknown> }>
  readonly constants: Record<string, unknown>
}

const root = new URL('../../../', import.meta.url)
const description: Description = await import(new URL('kernels/records.mjs', root).href)
const kernels = sourcesOf('kernels')

/** Longer than forty lines: sums of several rows or columns in registers of their own, written out one by one. */
const unrolled = [
  'kernels/int8.ts scoreFour',
  'kernels/int8.ts scoreOne',
  'kernels/products.ts addEightColumns',
  'kernels/search.ts scoreFourQueries',
  'kernels/search.ts scoreOneQuery',
  'kernels/search.ts scoreSixQueries',
  'kernels/tile.ts moveThreeColumns',
  'kernels/tile.ts scoreSix',
]

test('no kernel imports itself by way of others', () => {
  assert.deepEqual(circlesOf(kernels), [])
})

test('functions of kernels have forty lines at most, but for those that are unrolled', () => {
  assert.deepEqual(kernels.flatMap(longFunctions).sort(), unrolled)
})

test('a record has an owner among the kernels, and each of its fields is used by a kernel', () => {
  const paths = new Set(kernels.map(({ path }) => path))
  const used = new Set(kernels.flatMap(({ text }) => [...text.matchAll(/\.(\w+)/g)].map(([, name]) => name!)))
  for (const [name, { owner, fields }] of Object.entries(description.records)) {
    assert.ok(paths.has(`kernels/${owner}`), `${name} belongs to ${owner}`)
    for (const field of Object.keys(fields)) assert.ok(used.has(field), `${name}.${field}`)
  }
})

test('a number that kernels and their twins count with is written in one place', () => {
  const ofText = /^kernels\/(text|text-memory|scan|characters|word-table|token-stream)\.ts$/
  const ofTraining = kernels.filter(({ path }) => !ofText.test(path))
  const twins = [...sourcesOf('src/equations'), ...sourcesOf('src/reference')]
  for (const name of Object.keys(description.constants)) {
    const own = [...ofTraining, ...twins].filter(({ text }) => new RegExp(`\\bconst ${name}\\b`).test(text))
    assert.deepEqual(
      own.map(({ path }) => path),
      [],
      name,
    )
  }
})

test('a file that is named in the comments of kernels is there', () => {
  const texts = [
    ...kernels.map(({ text }) => text),
    readFileSync(new URL('kernels/records.mjs', root), 'utf8'),
  ]
  const named = texts.flatMap(
    text => text.match(/\b(src|kernels|test|docs|scripts)\/[\w./-]+\.(ts|mjs|md)\b/g) ?? [],
  )
  assert.deepEqual(
    named.filter(path => !existsSync(new URL(path, root))),
    [],
  )
})

test('the arrays of a thread lie behind its records and apart from one another, whatever it trains', () => {
  const flags = ['blocks', 'batches', 'subwords', 'documents'] as const satisfies (keyof Measures)[]
  for (let set = 0; set < 2 ** flags.length; set++) {
    const chosen = Object.fromEntries(flags.map((flag, i) => [flag, ((set >> i) & 1) === 1]))
    const measures = { ...odd, ...chosen } as Measures
    const memory = new WebAssembly.Memory({ initial: 64 })
    const records = new ThreadRecords(memory, 1024)
    const end = 1024 + threadBytes(measures)
    placeArrays(records, measures)
    assert.equal(lastEnd(records, measures), end)
  }
})

const odd = {
  ...{ positions: 1001, rowBytes: 112, words: 1003, window: 3, negativeSamples: 5, chosen: 6 },
  ...{ mostBags: 7, longestBag: 5 },
}

/** Where the last array ends, each having been found to begin no sooner than the one before ended. */
function lastEnd(records: ThreadRecords, measures: Measures): number {
  const sizes = scratchSizes(measures)
  let end = records.pieces.pointer
  for (const name of Object.keys(sizes) as (keyof typeof sizes)[])
    for (const [field, bytes] of Object.entries<number>(sizes[name])) {
      const start = (records[name] as unknown as Record<string, number>)[field]!
      assert.ok(start >= end && start % 16 === 0, `${name}.${field}`)
      end = start + bytes
    }
  return Math.ceil(end / 16) * 16
}

function longFunctions({ path, text }: SourceFile): string[] {
  const parsed = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const lineOf = (at: number) => parsed.getLineAndCharacterOfPosition(at).line
  return parsed.statements
    .filter(ts.isFunctionDeclaration)
    .filter(one => lineOf(one.end) - lineOf(one.getStart()) + 1 > 40)
    .map(({ name }) => `${path} ${name?.text}`)
}
