import { randomUUID } from 'node:crypto'
import { link, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { WordloomError } from '../errors.js'
import { type Holder, holderHere, holderIn, isAlive, isNear, LEASE } from './lock-holder.js'
import { asWriteError } from './write-error.js'

/** A lock that is held, and renewed while it is. */
export interface Lock {
  /** Another process has it now: this one stood still for longer than a lock may. */
  readonly isLost: boolean
  /** Lets others have it. Nothing happens if it is not ours any more; what cannot be removed is taken over later. */
  release(): Promise<void>
}

/** How long a lock may be empty: it is written as soon as it is made. */
const EMPTY_FOR = 500
const TRIES = 20
/** Milliseconds. */
const RENEW_EVERY = (LEASE * 1000) / 6

/**
 * Makes `path`, which no other process has until it is released. A lock whose process is gone is taken over. Throws
 * `not-written` with the number of the process that has it if there is one, and if no file can be made.
 */
export async function acquireLock(path: string, purpose: string): Promise<Lock> {
  const holder = await holderHere(randomUUID())
  try {
    for (let tries = 0; tries < TRIES; tries++) {
      const { isOurs, now } = await made(path, holder)
      if (isOurs) {
        await removeLeftovers(path, now)
        return new HeldLock(path, holder)
      }
      const found = await readLock(path)
      if (found === undefined) continue
      const other = holderIn(found.text)
      const age = (now - found.changed) / 1000
      if (other && (await isAlive(other, age))) throw await heldError(path, purpose, other, age)
      if (!isLock(found.text)) throw foreignError(path)
      await takeAway(path, found.text)
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

class HeldLock implements Lock {
  isLost = false
  readonly #path: string
  readonly #holder: Holder
  readonly #timer: NodeJS.Timeout

  constructor(path: string, holder: Holder) {
    this.#path = path
    this.#holder = holder
    this.#timer = setInterval(() => void this.#renew(), RENEW_EVERY).unref()
  }

  async release(): Promise<void> {
    clearInterval(this.#timer)
    if (await this.#isOurs()) await rm(this.#path, { force: true }).catch(() => {})
  }

  /** Writes the same bytes, so that the time is that of the disk: clocks of machines differ. */
  async #renew(): Promise<void> {
    if (!(await this.#isOurs())) {
      this.isLost = true
      return
    }
    const file = await open(this.#path, 'r+').catch(() => undefined)
    await file?.write(textOf(this.#holder), 0).catch(() => {})
    await file?.close()
  }

  async #isOurs(): Promise<boolean> {
    const text = await textIn(this.#path).catch(() => '')
    return holderIn(text)?.id === this.#holder.id
  }
}

function textOf(holder: Holder): string {
  return `${JSON.stringify(holder)}\n`
}

/** Whole under its name or not there at all, wherever files can have two names. `now` is by the clock of the disk. */
async function made(path: string, holder: Holder): Promise<{ isOurs: boolean; now: number }> {
  const text = textOf(holder)
  const temporary = `${path}.${holder.id.slice(0, 8)}`
  await writeFile(temporary, text, { flag: 'wx' })
  try {
    const now = (await stat(temporary)).mtimeMs
    return { isOurs: await linked(temporary, path, text), now }
  } finally {
    await rm(temporary, { force: true })
  }
}

async function linked(temporary: string, path: string, text: string): Promise<boolean> {
  try {
    await link(temporary, path)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' || code === 'ENOENT') return false
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'ENOSYS') return await madeWithoutLink(path, text)
    throw error
  }
}

/** Of processes that were killed on their way to the lock. */
async function removeLeftovers(path: string, now: number): Promise<void> {
  const start = `${basename(path)}.`
  for (const name of await readdir(dirname(path))) {
    if (!name.startsWith(start) || !/^[0-9a-f]{8}$/.test(name.slice(start.length))) continue
    const leftover = join(dirname(path), name)
    const found = await readLock(leftover, 0).catch(() => undefined)
    const holder = found && holderIn(found.text)
    if (found && isLock(found.text) && !(holder && (await isAlive(holder, (now - found.changed) / 1000))))
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

/** What stands in the lock and when it was written, in milliseconds; undefined if there is none any more. */
async function readLock(
  path: string,
  patience = EMPTY_FOR,
): Promise<{ text: string; changed: number } | undefined> {
  for (let waited = 0; ; waited += EMPTY_FOR / 10) {
    const facts = await stat(path).catch(missing)
    if (facts && !facts.isFile()) throw foreignError(path) // a pipe would never be read to its end
    const text = facts && (await readFile(path, 'utf8').catch(missing))
    if (facts === undefined || text === undefined) return undefined
    if (text !== '' || waited >= patience) return { text, changed: facts.mtimeMs }
    await setTimeout(EMPTY_FOR / 10)
  }
}

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

/** Of a plain file: a pipe that took the place of a lock has no end. */
async function textIn(path: string): Promise<string> {
  return (await stat(path)).isFile() ? readFile(path, 'utf8') : ''
}

const BEGINNING = '{"pid":'

/** Whether it is what we write, or what a crash left of it. */
function isLock(text: string): boolean {
  return text.startsWith(BEGINNING) || BEGINNING.startsWith(text)
}

/** Takes a lock away that nobody has. Should another process have been faster, and have it now, it is put back. */
async function takeAway(path: string, text: string): Promise<void> {
  const aside = `${path}.${randomUUID().slice(0, 8)}`
  const moved = await rename(path, aside).then(
    () => true,
    () => false,
  )
  if (!moved) return
  if ((await textIn(aside)) !== text) await link(aside, path).catch(() => {})
  await rm(aside, { force: true })
}

function foreignError(path: string): WordloomError {
  return new WordloomError('not-written', {
    place: { file: path },
    found: 'this file is there already and is no lock of Wordloom',
    cure: 'give another name, or move the file away',
  })
}

async function heldError(path: string, purpose: string, holder: Holder, age: number): Promise<WordloomError> {
  const { pid, host, lease } = holder
  const advice = 'wait for its end or stop it, or give another name'
  const isHere = await isNear(holder)
  const where = isHere ? '' : host === hostname() ? ` in another container on ${host}` : ` on ${host}`
  const stale =
    lease === undefined
      ? `if it is over, remove ${path}`
      : `it was seen ${Math.max(0, Math.round(age))} seconds ago, and its lock is free after ${lease}; if it is over, try again then or remove ${path}`
  return new WordloomError('not-written', {
    action: `take the lock ${path}`,
    found: `process ${pid}${where} is ${purpose}`,
    cure: isHere ? advice : `${advice} (${stale})`,
  })
}
