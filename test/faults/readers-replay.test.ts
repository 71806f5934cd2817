import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Random } from '#math/random'
import type { Files } from './fuzz/files.js'
import { readers } from './fuzz/readers.js'
import { caseOf, wrongWith } from './fuzz/run-case.js'
import { growthOf } from './sizes.js'

const folder = fileURLToPath(new URL('../../../test/faults/cases/', import.meta.url))
const all = await readers()

/** What the fuzzer once found, as it keeps it. */
interface Kept {
  readonly reader: string
  readonly seed: number
  readonly index: number
  readonly what: string
  readonly main: string
  readonly content: Record<string, string>
}

for (const name of readdirSync(folder).filter(name => name.endsWith('.json'))) {
  const {
    reader: readerName,
    what,
    main,
    content,
    index,
  }: Kept = JSON.parse(readFileSync(folder + name, 'utf8'))
  test(`C19 a case that was found stays mended: ${name} (${what.slice(0, 60)})`, async () => {
    const reader = all.find(reader => reader.name === readerName)!
    const bytes = Object.entries(content).map(([name, text]) => [
      name,
      new Uint8Array(Buffer.from(text, 'base64')),
    ])
    const files: Files = { main, content: Object.fromEntries(bytes) }
    const start = process.cpuUsage()
    const grown = await growthOf(async () => {
      for (
        let draw = 0;
        draw < 8;
        draw++ // as many ways of reading it
      )
        assert.equal(await wrongWith(reader, files, new Random(draw, index)), undefined)
    })
    const { user, system } = process.cpuUsage(start)
    assert.ok(grown < 64, `${grown} MB`)
    assert.ok(user + system < 8 * 2e6, 'it hangs')
  })
}

test('C19 every reader is among those that are fed mutated files, and takes its own files as they are', async () => {
  for (const reader of all)
    for (const files of reader.seeds.slice(0, 1))
      await reader.read(files, new Random(1, 1)).catch(error => assert.ok(['bad-data'].includes(error.code)))
  assert.equal(new Set(all.map(({ name }) => name)).size, 22)
})

test('C19 a case is the same each time it is made', () => {
  for (const reader of all) assert.deepEqual(caseOf(reader, 5, 77).files, caseOf(reader, 5, 77).files)
})
