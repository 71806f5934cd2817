import { WordloomError } from './errors.js'

const PAUSE_AFTER_MS = 50

/** Throws `aborted` if the caller wants to stop. */
export function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortedError(signal)
}

/** The same items; throws `aborted` at once when the signal comes, even while waiting for the next item. */
export async function* abortable<T>(
  items: Iterable<T> | AsyncIterable<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T> {
  if (signal === undefined) return yield* items
  stopIfAborted(signal)
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]()
  let reject: (error: unknown) => void = () => {}
  const onAbort = () => reject(abortedError(signal))
  signal.addEventListener('abort', onAbort)
  // Not Promise.race with one long-lived promise: that would keep a record of every item.
  const next = () =>
    new Promise<IteratorResult<T>>((resolve, rejectNext) => {
      reject = rejectNext
      Promise.resolve(iterator.next()).then(resolve, rejectNext)
    })
  let finished = false
  try {
    for (let item = await next(); !item.done; item = await next()) {
      yield item.value
      stopIfAborted(signal)
    }
    finished = true
  } finally {
    signal.removeEventListener('abort', onAbort)
    if (!finished) Promise.resolve(iterator.return?.()).catch(() => {}) // not awaited: it may be stuck
  }
}

/** Waits for the end of a call that may never end, but no longer than until the signal comes. Throws what the call throws. */
export async function endOrAbort(call: unknown, signal: AbortSignal | undefined): Promise<void> {
  const ending = Promise.resolve(call)
  if (signal === undefined) return void (await ending)
  let onAbort = () => {}
  const aborted = new Promise<void>(resolve => {
    onAbort = resolve
    signal.addEventListener('abort', onAbort)
    if (signal.aborted) resolve()
  })
  ending.catch(() => {}) // it may fail when nobody waits any more
  try {
    await Promise.race([ending, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

/** Time to let signals and timers of the program have their turn, which a long loop over memory would deny them. */
export function breathe(): { isDue(): boolean; take(): Promise<ReturnType<typeof breathe>> } {
  const due = performance.now() + PAUSE_AFTER_MS
  return {
    isDue: () => performance.now() >= due,
    take: async () => {
      await turn()
      return breathe()
    },
  }
}

/**
 * One turn of the event loop, in Node and in pages alike. Not a timer: those of a page that nobody looks at fire
 * once a second.
 */
function turn(): Promise<void> {
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}

function abortedError(signal: AbortSignal): WordloomError {
  return new WordloomError(
    'aborted',
    { found: 'the work was stopped before the end of the text, as its signal asked' },
    { cause: signal.reason },
  )
}
