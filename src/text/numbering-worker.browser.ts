import { type NumberingRequest, type NumberingTask, numberingService } from './numbering-service.js'

/** The first message is the task, those that follow are requests. */
let serve: ReturnType<typeof numberingService> | undefined

addEventListener('message', ({ data }: MessageEvent<NumberingTask | NumberingRequest>) => {
  if (serve === undefined) {
    serve = numberingService(data as NumberingTask)
    return
  }
  const { answer, transfer } = serve(data as NumberingRequest)
  postMessage(answer, { transfer })
})
