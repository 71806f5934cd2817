import { rmSync } from 'node:fs'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Files that this process has made and that nobody needs if it ends now. */
const unfinished = new Set<string>()
/** How many renames of files that belong together are under way. */
let inPlacing = 0
let waiting: NodeJS.Signals | undefined

/** From now on an end of this process takes the file with it, be it by a signal; `kill -9` leaves it behind. */
export function begun(path: string): void {
  listen()
  unfinished.add(path)
}

/** The file is gone, or stands under its final name. */
export function ended(path: string): void {
  unfinished.delete(path)
  unlisten()
}

/** Has a signal wait for the end of steps that belong together; a second one does not wait. */
export async function unparted<T>(steps: () => Promise<T>): Promise<T> {
  listen()
  inPlacing++
  try {
    return await steps()
  } finally {
    inPlacing--
    if (waiting !== undefined && inPlacing === 0) end(waiting)
    unlisten()
  }
}

function listen(): void {
  if (unfinished.size > 0 || inPlacing > 0) return
  for (const signal of signals) process.on(signal, onSignal)
  process.on('exit', removeAll)
}

function unlisten(): void {
  if (unfinished.size > 0 || inPlacing > 0) return
  for (const signal of signals) process.off(signal, onSignal)
  process.off('exit', removeAll)
}

/** Where others listen, too, the process goes on, and they decide how it ends. */
function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return
  if (inPlacing > 0 && waiting === undefined) waiting = signal
  else end(signal)
}

/** As if nobody had listened. */
function end(signal: NodeJS.Signals): void {
  removeAll()
  for (const name of signals) process.off(name, onSignal)
  process.kill(process.pid, signal)
}

/** Between renames nothing is: old or new files could be the only ones. */
function removeAll(): void {
  if (inPlacing > 0) return
  for (const path of unfinished) rmSync(path, { force: true })
  unfinished.clear()
}
