import type { ToWorker } from './messages.js'
import { answering, type Service } from './service.js'

/** The whole script of a worker: answers what its Thread is asked. The first message is the task. */
export function serve<Task, Request, Answer, Report>(service: Service<Task, Request, Answer, Report>): void {
  let take: ((message: ToWorker<Request>) => void) | undefined
  addEventListener('message', ({ data }: MessageEvent) => {
    if (take) take(data as ToWorker<Request>)
    else take = answering(service, data as Task, (message, transfer) => postMessage(message, { transfer }))
  })
}
