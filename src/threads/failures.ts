import { WordloomError } from '../errors.js'

/** `where` is the script, or the folder in which it belongs; `remedy` what to do about it. */
export function notLoaded(name: string, where: URL | string, remedy: string, cause: unknown): WordloomError {
  return new WordloomError('no-input', `${where}: the script of ${name} cannot be loaded; ${remedy}`, {
    cause,
  })
}

export function noThread(name: string, reason: string, cause: unknown): WordloomError {
  return new WordloomError(
    'too-large',
    `${name} cannot be started: the system gives no more threads (${reason}); ask for fewer with threads (--threads 1), or allow this process more`,
    { cause },
  )
}

export function failed(name: string, reason: unknown, cause: unknown): WordloomError {
  return new WordloomError('internal', `${name} failed: ${reason}`, { cause })
}

export function endedEarly(name: string, code: number): WordloomError {
  return new WordloomError('internal', `${name} ended early with exit code ${code}`)
}
