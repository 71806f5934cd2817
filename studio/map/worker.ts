import { Desk } from './desk.js'
import type { FromWorker, Question, ToWorker } from './protocol.js'
import type { Stretch } from './stretch.js'

/** What runs beside the page: it holds the vectors and answers questions about them, short ones while long work breathes. */
const desk = new Desk()
const stopped = new Set<number>()

class Stopped extends Error {}

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if ('stop' in data) stopped.add(data.stop)
  else void respond(data.call, data.question, data.ask)
})

async function respond(call: number, question: Question, ask: unknown): Promise<void> {
  try {
    // What a question asks is what its answer takes: `Answers` holds the two together.
    const asked = desk as Record<Question, (ask: never, stretch: Stretch) => Promise<unknown>>
    post({ call, answer: await asked[question](ask as never, stretchOf(call)) })
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error)
    post({ call, failure, isStopped: error instanceof Stopped })
  }
  stopped.delete(call)
}

/** Long work comes up for air some times a second: to tell how far it is, and to hear whether it is still wanted. */
function stretchOf(call: number): Stretch {
  const AIR_MS = 80
  let last = performance.now()
  return async progress => {
    const now = performance.now()
    if (now - last < AIR_MS) return
    post({ call, progress: progress() })
    await new Promise(resolve => setTimeout(resolve))
    last = performance.now()
    if (stopped.has(call)) throw new Stopped('stopped')
  }
}

function post(message: FromWorker): void {
  self.postMessage(message)
}
