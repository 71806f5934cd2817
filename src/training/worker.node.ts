import { parentPort, workerData } from 'node:worker_threads'
import { runThread, type ThreadTask } from './thread.js'

const task = workerData as ThreadTask
runThread(task)
parentPort?.postMessage('done')
