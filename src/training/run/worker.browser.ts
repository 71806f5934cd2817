import { TokenIds } from '../../ids/index.js'
import { finalReport, reporter, type TaskOfCopies, taskOver } from './copies.js'
import type { ThreadTask } from './task.js'
import { runThread } from './thread.js'

addEventListener('message', ({ data }: MessageEvent<ThreadTask | TaskOfCopies>) => {
  const task = taskOver(data)
  runThread(
    task,
    TokenIds.over(task.ids),
    reporter(task, report => postMessage(report)),
  )
  postMessage(finalReport(task))
})
