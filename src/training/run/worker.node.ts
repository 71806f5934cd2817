import { parentPort, workerData } from 'node:worker_threads'
import { SpoolFile } from '../../files/inner.js'
import { TokenIds } from '../../ids/index.js'
import type { ThreadTask } from './task.js'
import { runThread } from './thread.js'

const task = workerData as ThreadTask
runThread(task, TokenIds.over(task.ids, SpoolFile.over))
parentPort?.postMessage('done')
