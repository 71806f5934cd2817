import { parentPort, workerData } from 'node:worker_threads'
import { type ScanRequest, type ScanTask, scanService } from './scan-service.js'

const scan = scanService(workerData as ScanTask)
parentPort?.on('message', (request: ScanRequest) => parentPort?.postMessage(scan(request)))
