import type { Progress, Questions } from './protocol.js'
import { compareAnswers } from './service-compare.js'
import { layoutAnswers } from './service-layout.js'
import { wordAnswers } from './service-words.js'

/** Called often during long work; now and then it tells how far that is. Rejects where the work is no longer wanted. */
export type Stretch = (progress: () => Progress) => Promise<void>

export type Answers<Names extends keyof Questions> = {
  readonly [Name in Names]: (
    ask: Questions[Name]['ask'],
    stretch: Stretch,
  ) => Promise<Questions[Name]['answer']>
}

/** Every question has its answer here. */
export const answers: Answers<keyof Questions> = { ...wordAnswers, ...layoutAnswers, ...compareAnswers }

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
