import { readlinkSync } from 'node:fs'
import { readFile, readlink } from 'node:fs/promises'
import { hostname } from 'node:os'

/** Who holds a lock. Numbers of processes and threads mean something in one namespace of one machine, until it is started again. */
export interface Holder {
  readonly pid: number
  readonly host: string
  /** Of the machine's start; empty if the system does not tell. */
  readonly boot: string
  /** Of the thread, or of the process if no thread is named, in ticks after that; empty if the system does not tell. */
  readonly started: string
  /** Of this lock alone. */
  readonly id: string
  /** The thread of the process, which can end before it; undefined if the system does not tell. */
  readonly thread?: number | undefined
  /** The namespace of these numbers: containers of one machine have their own. */
  readonly namespace?: string | undefined
  /** Seconds after which the lock is nobody's unless it was renewed; undefined in locks of older versions. */
  readonly lease?: number | undefined
}

/** Seconds. A holder renews its lock six times as often. */
export const LEASE = 60

/** Where this process runs, as far as locks are concerned. */
type Surroundings = Pick<Holder, 'host' | 'boot' | 'namespace'>

/** The thread that calls. */
export async function holderHere(id: string): Promise<Holder> {
  const thread = threadHere()
  const { pid } = process
  const started = await startOf(pid, thread)
  return { pid, ...(await surroundings()), started, id, thread, lease: LEASE }
}

/** Whether numbers of processes mean the same to this process as to the holder. */
export async function isNear({ host, boot, namespace }: Holder): Promise<boolean> {
  const here = await surroundings()
  const isSame = namespace === undefined || namespace === here.namespace
  return host === here.host && boot === here.boot && isSame
}

/** `age` is the time in seconds since the lock was made or renewed: all that is known of a holder elsewhere. */
export async function isAlive(holder: Holder, age: number): Promise<boolean> {
  const { pid, host, started, thread, lease } = holder
  if (!(await isNear(holder))) return lease === undefined ? host !== hostname() : age < lease
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return started === (await startOf(pid, thread)) // else another one has got its number
}

/** Undefined if it is not whole. */
export function holderIn(text: string): Holder | undefined {
  try {
    const holder = JSON.parse(text) as Holder
    return Number.isSafeInteger(holder.pid) && holder.pid > 0 ? holder : undefined
  } catch {
    return undefined
  }
}

async function surroundings(): Promise<Surroundings> {
  return {
    host: hostname(),
    boot: (await textOf('/proc/sys/kernel/random/boot_id')).trim(),
    namespace: await readlink('/proc/self/ns/pid').catch(() => undefined),
  }
}

/** Not asynchronous: that would tell a thread of the pool that serves files. */
function threadHere(): number | undefined {
  try {
    return Number(readlinkSync('/proc/thread-self').split('/').at(-1)) || undefined
  } catch {
    return undefined
  }
}

/** As Linux tells. */
async function startOf(pid: number, thread?: number): Promise<string> {
  const stat = await textOf(thread === undefined ? `/proc/${pid}/stat` : `/proc/${pid}/task/${thread}/stat`)
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}

function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '')
}
