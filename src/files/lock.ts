import { randomUUID } from 'node:crypto'
import { link, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { WordloomError } from '../errors.js'
import { asWriteError } from './write-error.js'

/** Who holds a lock. A number of a process means something on one machine, until it is started again. */
interface Holder {
  readonly pid: number
  readonly host: string
  /** Of the machine's start; empty if the system does not tell. */
  readonly boot: string
  /** Of the process, in ticks after that; empty if the system does not tell. */
  readonly started: string
  /** Of this lock alone. */
  readonly id: string
}

/** A lock that is held. */
export interface Lock {
  /** Lets others have it. Nothing happens where it is not ours any more; what cannot be removed is taken over later. */
  release(): Promise<void>
}

/** How long a lock may be empty: it is written as soon as it is made. */
const EMPTY_FOR = 500
const TRIES = 20

/**
 * Makes `path`, which no other process has until it is released. A lock whose process is gone is taken over. Throws
 * `not-written` with the number of the process that has it if there is one, and if no file can be made.
 */
export async function acquireLock(path: string, purpose: string): Promise<Lock> {
  const holder: Holder = {
    pid: process.pid,
    host: hostname(),
    ...(await lifeOf(process.pid)),
    id: randomUUID(),
  }
  try {
    for (let tries = 0; tries < TRIES; tries++) {
      if (await made(path, holder)) {
        await removeLeftovers(path)
        return { release: () => release(path, holder) }
      }
      const text = await readLock(path)
      if (text === undefined) continue
      const other = holderIn(text)
      if (other && (await isAlive(other))) throw heldError(path, purpose, other)
      if (!isLock(text)) throw foreignError(path)
      await takeAway(path, text)
    }
  } catch (error) {
    throw asWriteError(error, path)
  }
  throw new WordloomError('not-written', {
    place: { file: path },
    found: 'other processes keep taking this lock',
    cure: 'try again',
  })
}

/** Whole under its name or not there at all, wherever files can have two names. */
async function made(path: string, holder: Holder): Promise<boolean> {
  const text = `${JSON.stringify(holder)}\n`
  const temporary = `${path}.${holder.id.slice(0, 8)}`
  await writeFile(temporary, text, { flag: 'wx' })
  try {
    await link(temporary, path)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' || code === 'ENOENT') return false
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'ENOSYS') return await madeWithoutLink(path, text)
    throw error
  } finally {
    await rm(temporary, { force: true })
  }
}

/** Of processes that were killed on their way to the lock. */
async function removeLeftovers(path: string): Promise<void> {
  const start = `${basename(path)}.`
  for (const name of await readdir(dirname(path))) {
    if (!name.startsWith(start) || !/^[0-9a-f]{8}$/.test(name.slice(start.length))) continue
    const leftover = join(dirname(path), name)
    const text = await readFile(leftover, 'utf8').catch(() => '')
    const holder = holderIn(text)
    if (isLock(text) && (!holder || !(await isAlive(holder))))
      await rm(leftover, { force: true }).catch(() => {})
  }
}

async function madeWithoutLink(path: string, text: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx')
    await file.writeFile(text)
    await file.close()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** What stands in the lock; undefined if there is none any more. */
async function readLock(path: string): Promise<string | undefined> {
  for (let waited = 0; ; waited += EMPTY_FOR / 10) {
    const text = await readFile(path, 'utf8').catch(error => {
      if (error.code === 'ENOENT') return undefined
      throw error
    })
    if (text !== '' || waited >= EMPTY_FOR) return text
    await setTimeout(EMPTY_FOR / 10)
  }
}

const BEGINNING = '{"pid":'

/** Whether it is what we write, or what a crash left of it. */
function isLock(text: string): boolean {
  return text.startsWith(BEGINNING) || BEGINNING.startsWith(text)
}

/** Undefined if it is not whole. */
function holderIn(text: string): Holder | undefined {
  try {
    const { pid, host, boot, started, id } = JSON.parse(text) as Holder
    return Number.isSafeInteger(pid) && pid > 0 ? { pid, host, boot, started, id } : undefined
  } catch {
    return undefined
  }
}

/** Of a process of another machine nobody knows. */
async function isAlive({ pid, host, boot, started }: Holder): Promise<boolean> {
  if (host !== hostname()) return true
  const now = await lifeOf(pid)
  if (boot !== now.boot) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return started === now.started // else another process has got its number
}

/** When the machine and a process of it were started, as Linux tells. */
async function lifeOf(pid: number): Promise<{ boot: string; started: string }> {
  const read = (path: string) => readFile(path, 'utf8').catch(() => '')
  const boot = (await read('/proc/sys/kernel/random/boot_id')).trim()
  const stat = await read(`/proc/${pid}/stat`)
  return { boot, started: stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '' }
}

/** Takes a lock away that nobody has. Should another process have been faster, and have it now, it is put back. */
async function takeAway(path: string, text: string): Promise<void> {
  const aside = `${path}.${randomUUID().slice(0, 8)}`
  const moved = await rename(path, aside).then(
    () => true,
    () => false,
  )
  if (!moved) return
  if ((await readFile(aside, 'utf8')) !== text) await link(aside, path).catch(() => {})
  await rm(aside, { force: true })
}

async function release(path: string, { id }: Holder): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => '')
  if (holderIn(text)?.id === id) await rm(path, { force: true }).catch(() => {})
}

function foreignError(path: string): WordloomError {
  return new WordloomError('not-written', {
    place: { file: path },
    found: 'this file is there already and is no lock of Wordloom',
    cure: 'give another name, or move the file away',
  })
}

function heldError(path: string, purpose: string, { pid, host }: Holder): WordloomError {
  const where = host === hostname() ? '' : ` on ${host}`
  return new WordloomError('not-written', {
    action: `take the lock ${path}`,
    found: `process ${pid}${where} is ${purpose}`,
    cure: `wait for its end or stop it, or give another name${where && ` (if it is over, remove ${path})`}`,
  })
}
