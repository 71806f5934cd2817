import { type ScanRequest, type ScanTask, scanService } from './scan-service.js'

/** The first message is the task, those that follow are requests. */
let scan: ReturnType<typeof scanService> | undefined

addEventListener('message', ({ data }: MessageEvent<ScanTask | ScanRequest>) => {
  if (scan === undefined) scan = scanService(data as ScanTask)
  else postMessage(scan(data as ScanRequest))
})
