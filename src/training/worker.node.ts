import { parentPort, workerData } from 'node:worker_threads'
import type { ThreadTask } from './task.js'
import { runThread } from './thread.js'

const task = workerData as ThreadTask
runThread(task)
parentPort?.postMessage('done')
