import { parentPort, workerData } from 'node:worker_threads'
import { type NumberingRequest, type NumberingTask, numberingService } from './numbering-service.js'

const serve = numberingService(workerData as NumberingTask)
parentPort?.on('message', (request: NumberingRequest) => {
  const { answer, transfer } = serve(request)
  parentPort?.postMessage(answer, transfer)
})
