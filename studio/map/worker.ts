import type { Call } from '#threads/index'
import { serve } from '#threads/inner.browser'
import { Desk } from './desk.js'
import type { MapRequest, Progress, Question } from './protocol.js'
import type { Stretch } from './stretch.js'

/** What runs beside the page: it holds the vectors and answers questions about them, short ones while long work breathes. */
serve(() => {
  // What a question asks is what its answer takes: `Answers` holds the two together.
  const desk = new Desk() as Record<Question, (ask: never, stretch: Stretch) => Promise<unknown>>
  return ({ question, ask }: MapRequest, call: Call<Progress>) =>
    desk[question](ask as never, stretchOf(call))
})

/** Long work comes up for air some times a second: to tell how far it is, and to hear whether it is still wanted. */
function stretchOf(call: Call<Progress>): Stretch {
  const AIR_MS = 80
  let last = performance.now()
  return async progress => {
    const now = performance.now()
    if (now - last < AIR_MS) return
    call.tell(progress())
    await new Promise(resolve => setTimeout(resolve))
    last = performance.now()
    call.stopIfUnwanted()
  }
}
