// Runs the compiled tests and ends with their count on one line: "12 passed, 0 failed, 1 skipped".
// Arguments, if any, are parts of file names: `node scripts/run-tests.mjs math cli`. What test/faults holds takes
// long and runs only where it is asked for: `node scripts/run-tests.mjs faults/`.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'

const folder = new URL('../build/test/', import.meta.url).pathname
const wanted = process.argv.slice(2)
const isWanted = name =>
  wanted.length === 0 ? !name.startsWith('faults') : wanted.some(part => name.includes(part))
const files = readdirSync(folder, { recursive: true })
  .filter(name => name.endsWith('.test.js') && isWanted(name))
  .sort()
  .map(name => join(folder, name))

const count = { passed: 0, failed: 0, skipped: 0 }
const minutes = files.some(path => path.includes('/test/faults/')) ? 180 : 5 // for a file
const tests = run({ files, concurrency: 2, timeout: minutes * 60_000 })
tests.on('test:pass', test => {
  if (test.details.type === 'suite') return
  if (test.skip !== undefined || test.todo !== undefined) count.skipped++
  else count.passed++
})
tests.on('test:fail', test => {
  if (test.details.type !== 'suite' || test.details.error?.failureType === 'hookFailed') count.failed++
})
tests.compose(new spec()).pipe(process.stdout)
tests.on('end', () =>
  // After the reporter has printed its own summary.
  setTimeout(() => {
    const skipped = count.skipped ? `, ${count.skipped} skipped` : ''
    process.stdout.write(`${count.passed} passed, ${count.failed} failed${skipped}\n`)
    process.exitCode = count.failed === 0 && count.passed > 0 ? 0 : 1
  }, 200),
)
