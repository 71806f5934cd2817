import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { checkUnpacked, FREE_BYTES_OF_ROWS } from '#files/bounds'
import { parquetOf, withPagesRepeated } from '../formats/parquet-files.js'
import { readBytesOf, temporaryFolder } from '../formats/sample.js'

const main = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url))
/** Zeros for words of one name: numbers of a few bits each. */
const zeros = (rows: number, columns: number) =>
  parquetOf(
    Array.from({ length: rows }, () => 'a'),
    Array.from({ length: rows }, () => new Array(columns).fill(0)),
  )

test('C20 a small Parquet file of many equal rows takes the memory of a page, not of all of them', async () => {
  const bytes = withPagesRepeated(zeros(2500, 200), 20)
  assert.ok(bytes.length < 300_000, `${bytes.length} bytes`)
  const { code, stdout } = await nearestWith(80, bytes)
  assert.match(stdout, /^a$/m)
  assert.equal(code, 0)
})

test('C20 what a Parquet file may unpack to is bounded, as for other compression', async () => {
  const bytes = withPagesRepeated(zeros(100, 100), 20)
  const size = 20 * 100 * (1 + 4 * 100)
  assert.equal((await readBytesOf(bytes, { maxDecompressed: size })).size, 1)
  await assert.rejects(readBytesOf(bytes, { maxDecompressed: size - 1 }), {
    code: 'too-large',
    message: /unpack to more than 801,999; expected at most maxDecompressed/,
  })
})

test('C20 rows past 16 MiB and a thousand times the size of their file are refused, with the option that allows them', () => {
  const rows = (bytes: number, packed: number, most?: number) =>
    checkUnpacked(bytes, packed, 'zeros.parquet', { most, free: FREE_BYTES_OF_ROWS })
  rows(2 ** 24, 8)
  rows(1000 * 20_000, 20_000)
  rows(50_000_000, 8, 50_000_000)
  assert.throws(() => rows(2 ** 24 + 1, 8), {
    code: 'too-large',
    message:
      /8 compressed bytes unpack to more than 16,777,216; expected at most 1,000 times .*Give maxDecompressed if/,
  })
  assert.throws(() => rows(1000 * 20_000 + 1, 20_000), { code: 'too-large' })
  assert.throws(() => rows(50_000_001, 8, 50_000_000), {
    code: 'too-large',
    message: /at most maxDecompressed/,
  })
})

test('C20 a Parquet page of more values than the engine can hold is refused, never an abort', async () => {
  const { code, stderr } = await nearestWith(64, zeros(7500, 300))
  assert.match(stderr, /zeros\.parquet: a page announces 2,250,000 values; expected at most [\d,]+,/)
  assert.equal(code, 71)
})

/** What `wordloom nearest` says of a file, with so many MB for objects. */
async function nearestWith(megabytes: number, bytes: Uint8Array, ...flags: string[]) {
  const path = join(await temporaryFolder(), 'zeros.parquet')
  await writeFile(path, bytes)
  const args = [`--max-old-space-size=${megabytes}`, main, 'nearest', path, 'a', ...flags]
  return new Promise<{ code: unknown; stdout: string; stderr: string }>(resolve =>
    execFile(process.execPath, args, (error, stdout, stderr) =>
      resolve({ code: error ? error.code : 0, stdout, stderr }),
    ),
  )
}
