/**
 * Loaded into a process before all else (`node --import`): makes the n-th call of the file system fail as a disk with a
 * bad sector does, and writes at the end how many calls there were. Calls for the program's own files do not count.
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { fileURLToPath } from 'node:url'

const failing = Number(process.env.FAILING_CALL)
const report = process.env.FAILING_REPORT!
const code = process.env.FAILING_CODE ?? 'EIO'
const program = fileURLToPath(new URL('../../../', import.meta.url))
const { writeFileSync } = fs

let calls = 0
let failed = ''

type Anything = (...given: unknown[]) => unknown

/** Of fs and fs.promises: whatever reaches the disk. */
const names = [
  'access',
  'copyFile',
  'fdatasync',
  'fstat',
  'fsync',
  'ftruncate',
  'link',
  'lstat',
  'mkdir',
  'mkdtemp',
  'open',
  'opendir',
  'read',
  'readFile',
  'readdir',
  'readlink',
  'realpath',
  'rename',
  'rm',
  'rmdir',
  'stat',
  'symlink',
  'truncate',
  'unlink',
  'utimes',
  'write',
  'writeFile',
  'writev',
] as const

for (const name of names) {
  patchPromises(fs.promises as never, name)
  patchCallbacks(fs as never, name)
  patchSync(fs as never, `${name}Sync`)
}
const handle = await fs.promises.open(fileURLToPath(import.meta.url))
const handles = Object.getPrototypeOf(handle)
await handle.close()
for (const name of [
  'read',
  'write',
  'writev',
  'stat',
  'sync',
  'datasync',
  'truncate',
  'readFile',
  'writeFile',
])
  patchPromises(handles, name)
syncBuiltinESMExports()
process.on('exit', () => writeFileSync(report, JSON.stringify({ calls, failed })))

function patchPromises(object: Record<string, Anything>, name: string): void {
  const original = object[name]
  if (original)
    object[name] = function (this: unknown, ...given) {
      const error = errorFor(name, given)
      return error ? Promise.reject(error) : original.apply(this, given)
    }
}

function patchCallbacks(object: Record<string, Anything>, name: string): void {
  const original = object[name]
  if (!original) return
  const patched: Anything = function (this: unknown, ...given) {
    const error = errorFor(name, given)
    if (!error) return original.apply(this, given)
    process.nextTick(given.at(-1) as Anything, error)
    return undefined
  }
  object[name] = Object.assign(patched, original)
}

function patchSync(object: Record<string, Anything>, name: string): void {
  const original = object[name]
  if (!original) return
  const patched: Anything = function (this: unknown, ...given) {
    const error = errorFor(name, given)
    if (error) throw error
    return original.apply(this, given)
  }
  object[name] = Object.assign(patched, original)
}

/** The error of a call, if it is the one that fails. */
function errorFor(name: string, [first]: readonly unknown[]): Error | undefined {
  const path = first instanceof URL ? fileURLToPath(first) : first
  if (typeof path === 'string' && path.startsWith(program)) return undefined
  if (typeof path === 'number' && path <= 2) return undefined
  calls++
  if (calls !== failing) return undefined
  failed = `${name} ${typeof path === 'string' ? path : ''}`.trim()
  const text = `${code}: i/o error, ${failed}`
  return Object.assign(new Error(text), {
    code,
    errno: -5,
    syscall: name,
    ...(typeof path === 'string' && { path }),
  })
}
