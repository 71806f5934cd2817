/** Lets whatever else waits for this thread have its turn. */
export const breath: () => Promise<void> =
  typeof setImmediate === 'function'
    ? () => new Promise(resolve => setImmediate(resolve))
    : () => new Promise(resolve => setTimeout(resolve, 0))
