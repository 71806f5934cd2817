import { parentPort, workerData } from 'node:worker_threads'
import { SpoolFile } from '../files/index.js'
import { TokenIds } from '../text/index.js'
import { runThread, type ThreadTask } from './thread.js'

const task = workerData as ThreadTask
runThread(task, TokenIds.over(task.ids, SpoolFile.over))
parentPort?.postMessage('done')
