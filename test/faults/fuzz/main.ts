// npm run fuzz -- --inputs 100000 --seed 1 [--reader word2vec-binary] [--seconds 240] [--jobs 2] [--case 4711]
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Files } from './files.js'
import { readers } from './readers.js'
import { caseOf } from './run-case.js'
import { type Finding, type Stretch, watchedRun } from './watched-run.js'

const cases = fileURLToPath(new URL('../../../../test/faults/cases/', import.meta.url))
/** Cases a process runs: it starts in half a second. */
const STRETCH = 5000
const MOST_FINDINGS = 20

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    reader: { type: 'string', multiple: true },
    seconds: { type: 'string', default: '86400' },
    jobs: { type: 'string', default: '2' },
    case: { type: 'string' },
  },
})
const seed = Number(values.seed)
const all = await readers()
const wanted = all.filter(({ name }) => values.reader?.includes(name) ?? true)
if (wanted.length === 0) throw new Error(`there are the readers ${all.map(({ name }) => name).join(', ')}`)

const inputs = values.case === undefined ? Number(values.inputs) : 1
const first = Number(values.case ?? 0)
const findings: Finding[] = []
const tried = new Map<string, number>()
const start = performance.now()
const queue = stretches()
await Promise.all(Array.from({ length: Number(values.jobs) }, work))
for (const { name } of wanted) console.log(`${name}: ${tried.get(name) ?? 0} mutated files`)
const total = [...tried.values()].reduce((sum, n) => sum + n, 0)
const seconds = Math.round((performance.now() - start) / 1000)
console.log(
  `mutated files tried: ${total} in ${seconds} s, with ${findings.length} crashes, hangs or memory over the limit`,
)
process.exitCode = findings.length > 0 ? 1 : 0

async function work(): Promise<void> {
  for (const stretch of queue) {
    if (performance.now() - start > 1000 * Number(values.seconds) || findings.length >= MOST_FINDINGS) return
    await watchedRun(stretch, keep)
    tried.set(stretch.reader, (tried.get(stretch.reader) ?? 0) + stretch.to - stretch.from)
  }
}

/** The readers take turns, so that none is left out when time is up. */
function* stretches(): Generator<Stretch> {
  for (let from = first; from < first + inputs; from += STRETCH)
    for (const { name } of wanted)
      yield { reader: name, seed, from, to: Math.min(first + inputs, from + STRETCH) }
}

function keep(finding: Finding): void {
  findings.push(finding)
  const { reader, index, wrong } = finding
  console.log(`${reader}, case ${index} of seed ${seed}: ${wrong}`)
  console.log(`  again: npm run fuzz -- --reader ${reader} --seed ${seed} --case ${index}`)
  mkdirSync(cases, { recursive: true })
  const { files } = caseOf(all.find(({ name }) => name === reader)!, seed, index)
  writeFileSync(join(cases, `${reader}-${seed}-${index}.json`), asJson(finding, files))
}

function asJson({ reader, seed, index, wrong }: Finding, { main, content }: Files): string {
  const encoded = Object.entries(content).map(([name, bytes]) => [
    name,
    Buffer.from(bytes).toString('base64'),
  ])
  const [what] = wrong.split('\n')
  return `${JSON.stringify({ reader, seed, index, what, main, content: Object.fromEntries(encoded) }, undefined, 2)}\n`
}
