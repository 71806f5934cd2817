import { parentPort, workerData } from 'node:worker_threads'
import { SpoolFile } from '../files/spool.js'
import { TokenIds } from '../text/token-ids.js'
import type { ThreadTask } from './task.js'
import { runThread } from './thread.js'

const task = workerData as ThreadTask
runThread(task, TokenIds.over(task.ids, SpoolFile.over))
parentPort?.postMessage('done')
