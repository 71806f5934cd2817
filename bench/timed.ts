import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { WordloomError } from 'wordloom'
import { MEGABYTES_A_KIB, type Spent } from './measurement.js'

/** A program to run: its path, its arguments, and what is piped into it. */
export interface Call {
  readonly program: string
  readonly args: readonly string[]
  readonly input?: string
}

export interface Timed extends Spent {
  /** Resident at most; undefined where there is no GNU time to tell. */
  readonly peakMegabytes: number | undefined
  /** All it printed, to either stream. */
  readonly text: string
}

const gnuTime = '/usr/bin/time'

/**
 * Runs another program and takes its time. Node cannot ask what its children spent, so GNU time asks, or bash
 * where that is missing; `report` is a file for its answer. Throws `internal` where the program fails.
 */
export async function timed({ program, args, input }: Call, report: string): Promise<Timed> {
  const [wrapper, ...before] = existsSync(gnuTime)
    ? [gnuTime, '-f', '%U %S %M', '-o', report]
    : ['bash', '-c', `TIMEFORMAT='%U %S'; { time "$@" 2>&1; } 2>"$0"`, report]
  const start = performance.now()
  const { text, code } = await run(wrapper!, [...before, program, ...args], input)
  const seconds = (performance.now() - start) / 1000
  if (code !== 0)
    throw new WordloomError('internal', {
      found: `${program} ended with exit code ${code}: ${text.slice(-500).trim()}`,
    })
  const [user, system, kibibytes] = readFileSync(report, 'utf8').trim().split(' ').map(Number)
  return {
    seconds,
    cpuSeconds: user! + system!,
    peakMegabytes: kibibytes === undefined ? undefined : kibibytes * MEGABYTES_A_KIB,
    text,
  }
}

function run(
  program: string,
  args: readonly string[],
  input = '',
): Promise<{ text: string; code: number | null }> {
  // OpenBLAS would start a thread a processor in every process; the peers bring threads of their own.
  const child = spawn(program, args, { env: { ...process.env, OPENBLAS_NUM_THREADS: '1' } })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
  child.stdin.on('error', () => {}) // it may not want to read
  child.stdin.end(input)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve({ text, code }))
  })
}
