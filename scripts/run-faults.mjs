// Runs test/faults and the fuzzer, and ends with how much of what can go wrong they cover.
// `--kills 2000` kills so many trainings; the other arguments go to the fuzzer:
// `npm run test:faults -- --inputs 1000000 --seconds 3600`.
import { spawn } from 'node:child_process'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { rows, untested } from '../build/test/faults/rows.js'
import { testFiles } from './test-files.mjs'

const fuzzer = new URL('../build/test/faults/fuzz/main.js', import.meta.url).pathname
const usual = ['--inputs', '100000', '--seed', '1', '--seconds', '240']

const given = process.argv.slice(2)
const at = given.indexOf('--kills')
if (at >= 0) process.env.FAULT_KILLS = given.splice(at, 2)[1]

const covered = new Set()
/** Processes killed while they trained; the tests say how many before they end well. */
let kills = 0
const count = { passed: 0, failed: 0 }
const tests = run({ files: testFiles('faults'), concurrency: 2, timeout: 900_000 })
tests.on('test:pass', test => {
  if (test.skip !== undefined || test.todo !== undefined || test.nesting > 0) return
  count.passed++
  for (const row of rowsOf(test.name)) covered.add(row)
})
tests.on('test:fail', () => count.failed++)
tests.on('test:diagnostic', ({ message }) => {
  kills += Number(/^(\d+) kills\b/.exec(message)?.[1] ?? 0)
})
tests.compose(new spec()).pipe(process.stdout)
await new Promise(resolve => tests.on('end', () => setTimeout(resolve, 200)))

const fuzzed = await fuzz()
const groups = [...new Set(rows.map(row => row[0]))].map(group => {
  const own = rows.filter(row => row.startsWith(group))
  return `${group} ${own.filter(row => covered.has(row)).length} of ${own.length}`
})
console.log(`\nrows covered: ${covered.size} of ${rows.length} (${groups.join(', ')})`)
for (const row of rows.filter(row => !covered.has(row)))
  console.log(`  ${row}: ${untested[row] ?? 'has no test that passed'}`)
if (kills > 0)
  console.log(
    `kills survived: ${kills} of ${kills}, each training with the digest of one that was not killed`,
  )
console.log(fuzzed.last)
console.log(`${count.passed} passed, ${count.failed} failed`)
process.exitCode = count.failed > 0 || fuzzed.code !== 0 ? 1 : 0

/** The rows at the beginning of a name: 'C7 numbers that …', 'A8, A9 a checkpoint …'. */
function rowsOf(name) {
  const names = /^[A-E]\d+((, | and )[A-E]\d+)*(?=[ :])/.exec(name)?.[0].match(/[A-E]\d+/g) ?? []
  return names.filter(row => rows.includes(row))
}

function fuzz() {
  const child = spawn(process.execPath, [fuzzer, ...usual, ...given], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', text => {
    output += text
    process.stdout.write(text)
  })
  return new Promise(resolve => {
    child.on('close', code => resolve({ code, last: output.trimEnd().split('\n').at(-1) }))
  })
}
