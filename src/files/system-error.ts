import type { Fault } from '../errors.js'

/** Whether the system refused something, or Node did, which may grant less than the system (--permission). */
export function isSystemError(error: Error): error is NodeJS.ErrnoException {
  const { code = '' } = error as NodeJS.ErrnoException
  return /^E[A-Z]+$/.test(code) || notGranted(error) !== undefined
}

/** What Node was not told to grant; undefined for any other error. A file is also read before it is written. */
export function notGranted(error: Error): Fault | undefined {
  const { code, permission } = error as NodeJS.ErrnoException & { permission?: string }
  if (code !== 'ERR_ACCESS_DENIED') return undefined
  const right = permission === 'FileSystemWrite' ? 'write' : 'read'
  return { found: `Node was started without the right to ${right} it`, cure: `add --allow-fs-${right}` }
}
