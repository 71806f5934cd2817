/** Milliseconds of work between two turns of others. */
const AT_ONCE = 5

/** Workers of Cloudflare have no timers while they start. */
const mayWait =
  (globalThis as { navigator?: { userAgent?: string } }).navigator?.userAgent !== 'Cloudflare-Workers'

const later: (next: () => void) => void =
  typeof setImmediate === 'function' ? next => void setImmediate(next) : next => void setTimeout(next, 0)

/** Takes all steps, and lets whatever else waits for this thread have its turn in between. */
export async function inTurns<Result>(steps: Generator<void, Result>): Promise<Result> {
  let start = performance.now()
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    if (!mayWait || performance.now() - start < AT_ONCE) continue
    await new Promise<void>(later)
    start = performance.now()
  }
}
