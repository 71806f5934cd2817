import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { WordloomError } from 'wordloom'
import { Connection } from './connection.js'

/** A server to measure, and how it is asked. */
export interface ServerKind {
  readonly name: string
  /** The program with its arguments. */
  command(file: string, port: number): readonly [string, ...string[]]
  readonly environment?: Readonly<Record<string, string>>
  /** The route of embeddings and that of neighbours. */
  readonly embeddings: string
  readonly nearest: string
}

/** What a server's processes hold and have used. */
export interface Held {
  readonly cpuSeconds: number
  readonly megabytes: number
  readonly descriptors: number
}

/** Linux counts processor time in hundredths of a second, memory in pages of 4 KiB. */
const TICKS = 100
const MEGABYTES_A_PAGE = 4096 / 1e6

/** A server in a process of its own, with its workers. */
export class Served {
  readonly port: number
  /** Seconds from the start of the process until the first answer. */
  readonly secondsToAnswer: number
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, port: number, secondsToAnswer: number) {
    this.#child = child
    this.port = port
    this.secondsToAnswer = secondsToAnswer
  }

  /** Waits until the server answers `first` with 200. Throws `internal` if it ends or takes more than two minutes. */
  static async start(kind: ServerKind, file: string, port: number, first: Buffer): Promise<Served> {
    const [program, ...args] = kind.command(file, port)
    const start = performance.now()
    const child = spawn(program, args, {
      env: { ...process.env, OPENBLAS_NUM_THREADS: '1', ...kind.environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let text = ''
    child.stderr?.setEncoding('utf8').on('data', (part: string) => {
      text = (text + part).slice(-2000)
    })
    const connection = new Connection(port)
    while ((await connection.request(first)).status !== 200) {
      if (child.exitCode !== null || performance.now() - start > 120_000) {
        child.kill('SIGKILL')
        throw new WordloomError('internal', { found: `${kind.name} does not answer: ${text}` })
      }
      await wait(10)
    }
    connection.close()
    return new Served(child, port, (performance.now() - start) / 1000)
  }

  held(): Held {
    const processes = [this.#child.pid!, ...childrenOf(this.#child.pid!)].map(heldBy)
    const sum = (value: (held: Held) => number) => processes.reduce((all, held) => all + value(held), 0)
    return {
      cpuSeconds: sum(held => held.cpuSeconds),
      megabytes: sum(held => held.megabytes),
      descriptors: sum(held => held.descriptors),
    }
  }

  async stop(): Promise<void> {
    const ended = new Promise(resolve => this.#child.once('exit', resolve))
    this.#child.kill('SIGTERM')
    const late = setTimeout(() => this.#child.kill('SIGKILL'), 15_000)
    await ended
    clearTimeout(late)
  }
}

function childrenOf(pid: number): number[] {
  const direct = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
  return direct.filter(Boolean).flatMap(text => [Number(text), ...childrenOf(Number(text))])
}

function heldBy(pid: number): Held {
  // What follows the name, which may have spaces and stands in brackets; see proc(5).
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return {
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS,
    megabytes: Number(fields[21]) * MEGABYTES_A_PAGE,
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
  }
}
