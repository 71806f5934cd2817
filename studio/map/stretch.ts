import type { Progress } from './protocol.js'

/** Called often during long work; now and then it tells how far that is. Rejects where the work is no longer wanted. */
export type Stretch = (progress: () => Progress) => Promise<void>

/** Runs a generator that yields how much of `whole` is done. */
export async function stretched<Result>(
  work: Generator<number, Result>,
  stretch: Stretch,
  doing: string,
  whole: number,
): Promise<Result> {
  for (;;) {
    const next = work.next()
    if (next.done) return next.value
    await stretch(() => ({ doing, part: next.value / whole }))
  }
}
