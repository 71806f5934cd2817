import { TokenIds } from '../../ids/index.js'
import { Control, type Copied, finalReport, type Report, reporter, taskOver } from '../../runs/inner.js'
import type { Call } from '../../threads/index.js'
import { TrainingMemory } from '../memory/training-memory.js'
import type { ThreadTask } from './task.js'
import { runThread } from './thread.js'

/** On a thread: its share of a run. `reopen` is needed if ids are spooled. */
export function trainingService(reopen?: Parameters<typeof TokenIds.over>[1]) {
  return (posted: ThreadTask | Copied<ThreadTask>) =>
    (_request: undefined, call: Call<Report>): Report => {
      const task = taskOver<ThreadTask>(posted)
      runThread(
        task,
        TokenIds.over(task.ids, reopen),
        reporter(task, report => call.tell(report)),
      )
      const report = finalReport(task, () => matricesOf(task))
      if (report.learned) call.handOver(report.learned)
      return report
    }
}

/** Those of the best epoch, if patience chooses one: its copies stay here. */
function matricesOf(task: ThreadTask): Uint8Array {
  const memory = TrainingMemory.over(task.memory)
  if (new Control(task.control).bestEpoch !== undefined) memory.takeBest()
  return memory.matrixBytes
}
