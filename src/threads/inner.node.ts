import { parentPort, workerData } from 'node:worker_threads'
import { answering, type Service } from './service.js'

/** The whole script of a worker: answers what its Thread is asked. */
export function serve<Task, Request, Answer, Report>(service: Service<Task, Request, Answer, Report>): void {
  const port = parentPort!
  port.on(
    'message',
    answering(service, workerData as Task, (message, transfer) => port.postMessage(message, transfer)),
  )
}
