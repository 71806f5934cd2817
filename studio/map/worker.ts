import type { Call } from '#threads/index'
import { serve } from '#threads/inner.browser'
import type { MapRequest, Progress } from './protocol.js'
import { answers, type Stretch } from './service.js'

/** What runs beside the page: it holds the vectors and answers questions about them, short ones while long work breathes. */
serve(() => ({ question, ask }: MapRequest, call: Call<Progress>) => {
  const answering = answers[question] as (ask: unknown, stretch: Stretch) => Promise<unknown>
  return answering(ask, stretchOf(call))
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
