import { fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const worker = fileURLToPath(new URL('./worker.js', import.meta.url))
const LOOK_EVERY_MS = 250
/** Of processor time in one case; of waiting, where nothing comes. */
const HANG_SECONDS = 2
const STUCK_SECONDS = 60
const TICKS_A_SECOND = 100

/** A case that went wrong, and how. */
export interface Finding {
  readonly reader: string
  readonly seed: number
  readonly index: number
  readonly wrong: string
}

export interface Stretch {
  readonly reader: string
  readonly seed: number
  readonly from: number
  readonly to: number
}

/** Runs the cases of a stretch in a process of their own; one that crashes, hangs or fills memory is a finding. */
export async function watchedRun(stretch: Stretch, found: (finding: Finding) => void): Promise<void> {
  for (let { from } = stretch; from < stretch.to; ) from = await runFrom(from, stretch, found)
}

/** Gives the next case that is to be run. */
function runFrom(
  from: number,
  { reader, seed, to }: Stretch,
  found: (finding: Finding) => void,
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'wordloom-fuzz-'))
  const progress = join(folder, 'at')
  writeFileSync(progress, Buffer.alloc(4))
  const current = () => Math.max(from, readFileSync(progress).readUInt32LE())
  const child = fork(worker, [reader, String(seed), String(from), String(to), progress], {
    execArgv: ['--max-old-space-size=256'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let isDone = false
  let hung: string | undefined
  let complaint = ''
  child.stderr!.setEncoding('utf8').on('data', text => {
    complaint = (complaint + text).slice(-2000)
  })
  child.on('message', (message: { done?: true; index?: number; wrong?: string }) => {
    if (message.done) isDone = true
    else found({ reader, seed, index: message.index!, wrong: message.wrong! })
  })
  const clock = new CaseClock(child.pid!)
  const timer = setInterval(() => {
    hung ??= clock.tick(current())
    if (hung) child.kill('SIGKILL')
  }, LOOK_EVERY_MS)
  return new Promise(resolve => {
    child.on('close', (code, signal) => {
      clearInterval(timer)
      const index = current()
      rmSync(folder, { recursive: true, force: true })
      if (!isDone)
        found({
          reader,
          seed,
          index,
          wrong: hung ?? `the process ended (${signal ?? code}): ${complaint.trim()}`,
        })
      resolve(isDone ? to : index + 1)
    })
  })
}

/** How long a case has been at work: of processor time, since other programs may have the machine. */
class CaseClock {
  readonly #pid: number
  #index = -1
  #cpu = 0
  #since = 0

  constructor(pid: number) {
    this.#pid = pid
  }

  /** A sentence where the case takes too long. */
  tick(index: number): string | undefined {
    const [cpu, now] = [cpuSeconds(this.#pid), performance.now() / 1000]
    if (index !== this.#index) {
      this.#index = index
      this.#cpu = cpu
      this.#since = now
    }
    if (index === 0) return now - this.#since > STUCK_SECONDS ? 'it never began' : undefined // starts, and warms up
    if (cpu - this.#cpu > HANG_SECONDS) return `it was busy for more than ${HANG_SECONDS} s`
    return now - this.#since > STUCK_SECONDS ? `nothing came of it in ${STUCK_SECONDS} s` : undefined
  }
}

/** Linux only; elsewhere the time of day must do. */
function cpuSeconds(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]!.split(' ')
    return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND
  } catch {
    return performance.now() / 1000
  }
}
