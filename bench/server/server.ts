import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { load, save, WordloomError, type WordVectors } from 'wordloom'
import { describeMachine, heading, note, writeJson } from '../machine.js'
import { madeUpVectors } from '../made-up-vectors.js'
import { inRounds, medianOf, ratio } from '../rounds.js'
import { fixed, table } from '../table.js'
import { inTemporaryFolder } from '../temporary.js'
import { numberFlag } from '../variants.js'
import { gensimServer, gensimService } from './gensim-service.js'
import { type Load, type LoadResult, offer, saturate } from './load.js'
import { type Scenario, scenarios } from './scenarios.js'
import { Served, type ServerKind } from './served.js'
import { soak, soakTable } from './soak.js'

export const serverUsage = `server   wordloom serve under load, beside gensim behind Flask and gunicorn; on Linux
  --vectors FILE                     real vectors, in any format; or made-up ones of
  --words 70481  --dimensions 100
  --seconds 5  --rounds 3  --connections 32
  --gunicorn /usr/bin/gunicorn       the peer; none without it, and with --alone
  --soak MINUTES                     nothing but a steady load, at half of what it can do or at
  --rate N                           requests a second, with memory and descriptors looked at`

/** What a server did as fast as it could. */
interface Capacity extends LoadResult {
  /** Answers of status 200 a second, and a second of the processor's. */
  readonly rate: number
  readonly cpuRate: number
  readonly megabytes: number
}

const PORT = 14_224
/** Not measured: code is compiled, rows are prepared. */
const WARM_UP_SECONDS = 1.5
/** An open loop's connections at most, of the 1,000 that the server takes. */
const OPEN_CONNECTIONS = 900

const wordloomServer: ServerKind = {
  name: 'Wordloom',
  command: (file, port) => [
    process.execPath,
    fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url)),
    ...['serve', `main=${file}`, '--port', String(port)],
  ],
  embeddings: '/v1/embeddings',
  nearest: '/v1/nearest',
}

export async function server(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: serverFlags })
  const [words, dimensions, rounds, connections, seconds] = (
    ['words', 'dimensions', 'rounds', 'connections', 'seconds'] as const
  ).map(name => numberFlag(name, values[name], 1)) as [number, number, number, number, number]
  const machine = describeMachine()
  await inTemporaryFolder(async folder => {
    const vectors = values.vectors ? await load(values.vectors) : madeUpVectors(words, dimensions)
    const file = join(folder, 'main.safetensors')
    await save(vectors, file)
    const isAlone = values.alone || values.soak !== undefined
    const kinds = [wordloomServer, ...(isAlone ? [] : [await peerIn(folder, values.gunicorn, vectors)])]
    const what = `${values.vectors ? values.vectors.split('/').at(-1) : 'made-up vectors'}: ${vectors.size} × ${vectors.dimensions}`
    const conditions = [
      `${what}; ${rounds} rounds in turn of ${seconds} s each, ${connections} connections that ask again at once`,
      'a CPU second: of all processes of the server; the client has the other processor; medians, in brackets the range of the rounds',
    ]
    if (values.soak !== undefined) {
      const rate = values.rate === undefined ? undefined : numberFlag('rate', values.rate, 1)
      const minutes = numberFlag('soak', values.soak, 1)
      const looks = await soak(wordloomServer, { file, vectors, port: PORT, minutes, rate })
      process.stdout.write(`${heading('A server under a steady load', [what], machine)}\n${soakTable(looks)}`)
      writeJson(values.json, machine, looks)
      return
    }
    process.stdout.write(heading('A server under load', conditions, machine))
    const results: unknown[] = []
    for (const scenario of scenarios) {
      const measured = await inRounds(kinds, rounds, kind =>
        capacityOf(kind, scenario, { file, vectors, seconds, connections }),
      )
      process.stdout.write(`\n## ${scenario.name}\n\n${capacityTable(kinds, scenario, measured)}`)
      const rate = medianOf(measured[0]!, result => result.rate) ?? 1
      const loads = await underLoad(scenario, { file, vectors, seconds, connections }, rate)
      process.stdout.write(`\n${loadTable(loads)}`)
      results.push({ scenario: scenario.name, kinds: kinds.map(({ name }) => name), measured, loads })
      writeJson(values.json, machine, results)
    }
  })
}

const serverFlags = {
  vectors: { type: 'string' },
  words: { type: 'string', default: '70481' },
  dimensions: { type: 'string', default: '100' },
  seconds: { type: 'string', default: '5' },
  rounds: { type: 'string', default: '3' },
  connections: { type: 'string', default: '32' },
  gunicorn: { type: 'string', default: '/usr/bin/gunicorn' },
  alone: { type: 'boolean', default: false },
  soak: { type: 'string' },
  rate: { type: 'string' },
  json: { type: 'string' },
} as const

interface Task {
  readonly file: string
  readonly vectors: WordVectors
  readonly seconds: number
  readonly connections: number
}

async function peerIn(folder: string, gunicorn: string, vectors: WordVectors): Promise<ServerKind> {
  if (spawnSync(gunicorn, ['--version']).status !== 0)
    throw new WordloomError('no-input', {
      found: `${gunicorn} does not run; give another with --gunicorn, or --alone`,
    })
  const file = join(folder, 'gensim.bin')
  await save(vectors, file)
  writeFileSync(join(folder, 'gensim_service.py'), gensimService)
  return gensimServer(gunicorn, folder, file)
}

/** Starts a server of the kind, gives it to `work`, and stops it. */
async function withServer<Result>(
  kind: ServerKind,
  { file }: Task,
  first: Buffer,
  work: (served: Served) => Promise<Result>,
): Promise<Result> {
  const served = await Served.start(kind, file, PORT, first)
  try {
    return await work(served)
  } finally {
    await served.stop()
  }
}

async function capacityOf(kind: ServerKind, scenario: Scenario, task: Task): Promise<Capacity> {
  const requests = scenario.requests(kind, task.vectors)
  return withServer(kind, task, requests[0]!, async served => {
    const load: Load = { port: served.port, requests, ...task }
    await saturate({ ...load, seconds: WARM_UP_SECONDS })
    const before = served.held()
    const result = await saturate(load)
    const after = served.held()
    const answered = result.statuses[200] ?? 0
    const capacity = {
      ...result,
      rate: answered / result.seconds,
      cpuRate: answered / (after.cpuSeconds - before.cpuSeconds),
      megabytes: after.megabytes,
    }
    note(`${kind.name}, ${scenario.name}: ${JSON.stringify(capacity)}`)
    return capacity
  })
}

function capacityTable(
  kinds: readonly ServerKind[],
  { inputs }: Scenario,
  measured: readonly (readonly Capacity[])[],
): string {
  const ours = measured[0]!
  const rows = kinds.map(({ name }, i) => {
    const rounds = measured[i]!
    const cell = (value: (capacity: Capacity) => number, digits = 0) => fixed(medianOf(rounds, value), digits)
    return [
      name,
      cell(({ rate }) => rate),
      cell(({ cpuRate }) => cpuRate),
      cell(({ cpuRate }) => cpuRate * inputs),
      ratio(ours, rounds, ({ rate }) => rate),
      ratio(ours, rounds, ({ cpuRate }) => cpuRate),
      cell(({ p50 }) => p50, 2),
      cell(({ p99 }) => p99, 2),
      cell(({ megabytes }) => megabytes),
    ]
  })
  return table(
    [
      'server',
      'requests/s',
      'a CPU second',
      'inputs a CPU second',
      'Wordloom × by wall',
      'by CPU',
      'p50 ms',
      'p99 ms',
      'memory MB',
    ],
    rows,
  )
}

interface LoadRow extends LoadResult {
  readonly share: number
  readonly rate: number
}

/** Parts of the capacity that requests arrive at, in an open loop. */
const SHARES = [0.5, 0.9, 10]
/** What the client can send a second at most, with all that it has to do besides. */
const MOST_SENT = 20_000

async function underLoad(scenario: Scenario, task: Task, capacity: number): Promise<LoadRow[]> {
  const requests = scenario.requests(wordloomServer, task.vectors)
  return withServer(wordloomServer, task, requests[0]!, async served => {
    const load: Load = { port: served.port, requests, seconds: task.seconds, connections: OPEN_CONNECTIONS }
    await saturate({ ...load, connections: 32, seconds: WARM_UP_SECONDS })
    const rows: LoadRow[] = []
    for (const share of SHARES) {
      const rate = Math.min(MOST_SENT, share * capacity)
      rows.push({ share: rate / capacity, rate, ...(await offer(load, rate)) })
      note(`${scenario.name}: ${JSON.stringify(rows.at(-1))}`)
    }
    return rows
  })
}

function loadTable(rows: readonly LoadRow[]): string {
  return table(
    [
      'of the capacity',
      'arrive a second',
      'answered',
      'refused',
      'broken',
      'p50 ms',
      'p99 ms',
      'p99.9 ms',
      'refused, p99 ms',
      'connections',
      'from the planned arrival, p99 ms',
    ],
    rows.map(({ share, rate, statuses, p50, p99, p999, refusedP99, connections, plannedP99 }) => [
      fixed(share, 1),
      fixed(rate),
      String(statuses[200] ?? 0),
      String(statuses[503] ?? 0),
      String(statuses[0] ?? 0),
      fixed(p50, 2),
      fixed(p99, 2),
      fixed(p999, 2),
      fixed(refusedP99, 2),
      String(connections),
      fixed(plannedP99, 2),
    ]),
  )
}
