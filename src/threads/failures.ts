import { option, say, sizeOf, WordloomError } from '../errors.js'

/** `where` is the script, or the folder in which it belongs; `remedy` what to do about it. */
export function notLoaded(name: string, where: URL | string, remedy: string, cause: unknown): WordloomError {
  return new WordloomError(
    'no-input',
    {
      action: `start ${name}`,
      place: { file: String(where) },
      found: 'its script cannot be loaded',
      cure: remedy,
    },
    { cause },
  )
}

export function noThread(name: string, reason: string, cause: unknown): WordloomError {
  return new WordloomError(
    'too-large',
    {
      action: `start ${name}`,
      found: `the system gives no more threads (${reason})`,
      cure: say`ask for fewer with ${option('threads', 1)}, or allow this process more`,
    },
    { cause },
  )
}

/** `left` bytes of addresses are not enough for one more. */
export function noAddresses(name: string, left: number): WordloomError {
  return new WordloomError('too-large', {
    action: `start ${name}`,
    found: `the limit to the addresses of this process leaves ${sizeOf(left)}`,
    expected: 'about 1 GiB for each thread, besides the 10 GiB that WebAssembly reserves',
    cure: say`lift the limit (ulimit -v unlimited), or ask for fewer threads with ${option('threads', 1)}`,
  })
}

/** Node runs with --permission. */
export function notGranted(name: string, cause: unknown): WordloomError {
  return new WordloomError(
    'too-large',
    {
      action: `start ${name}`,
      found: 'Node was started without the right to start threads',
      cure: 'add --allow-worker',
    },
    { cause },
  )
}

export function noWorkers(name: string): WordloomError {
  return new WordloomError('usage', {
    action: `start ${name}`,
    found: 'this engine has no workers',
    cure: say`leave ${option('threads')} out; in workerd, bundle with the condition "workerd"`,
  })
}

export function failed(name: string, reason: unknown, cause: unknown): WordloomError {
  return new WordloomError('internal', { found: `${name} failed: ${reason}` }, { cause })
}

export function endedEarly(name: string, code: number): WordloomError {
  return new WordloomError('internal', { found: `${name} ended early with exit code ${code}` })
}
