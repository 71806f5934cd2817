import { TokenIds } from '../../ids/index.js'
import type { Call } from '../../threads/index.js'
import { finalReport, type Report, reporter, type TaskOfCopies, taskOver } from './copies.js'
import type { ThreadTask } from './task.js'
import { runThread } from './thread.js'

/** On a thread: its share of a run. `reopen` is needed if ids are spooled. */
export function trainingService(reopen?: Parameters<typeof TokenIds.over>[1]) {
  return (posted: ThreadTask | TaskOfCopies) =>
    (_request: undefined, call: Call<Report>): Report => {
      const task = taskOver(posted)
      runThread(
        task,
        TokenIds.over(task.ids, reopen),
        reporter(task, report => call.tell(report)),
      )
      const report = finalReport(task)
      if (report.matrices) call.handOver(report.matrices)
      return report
    }
}
