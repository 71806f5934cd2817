// Runs the compiled tests and ends with their count on one line: "12 passed, 0 failed, 1 skipped".
// Arguments, if any, are parts of file names: `node scripts/run-tests.mjs math cli`. Without them all run but those
// of test/faults (scripts/run-faults.mjs), those that drive a browser, those of test/runtimes and those whose files end
// in .long.test; `--pages`, `--runtimes` and `--long` run the latter three, and `--slowest` ends with the tests that
// took longest.
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { testFiles } from './test-files.mjs'

const wanted = process.argv.slice(2).filter(argument => !argument.startsWith('--'))
const kind = ['pages', 'runtimes', 'long'].find(kind => process.argv.includes(`--${kind}`)) ?? 'plain'
const files = testFiles(kind, wanted)

const count = { passed: 0, failed: 0, skipped: 0 }
const durations = []
const minutes = files.some(path => path.includes('/test/faults/')) ? 180 : 5 // for a file
const tests = run({ files, concurrency: 2, timeout: minutes * 60_000 })
tests.on('test:pass', test => {
  if (test.details.type === 'suite') return
  if (test.nesting === 0) durations.push([test.details.duration_ms, test.name])
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
    if (process.argv.includes('--slowest'))
      for (const [ms, name] of durations.sort(([a], [b]) => b - a).slice(0, 20))
        process.stdout.write(`${(ms / 1000).toFixed(1).padStart(6)} s  ${name}\n`)
    const skipped = count.skipped ? `, ${count.skipped} skipped` : ''
    process.stdout.write(`${count.passed} passed, ${count.failed} failed${skipped}\n`)
    const isElsewhere = kind === 'runtimes' && count.skipped > 0 // no other runtime is here, as each test says
    process.exitCode = count.failed === 0 && (count.passed > 0 || isElsewhere) ? 0 : 1
  }, 200),
)
