import { type Copied, finalReport, type Report, reporter, taskOver } from '../../runs/inner.js'
import type { Call } from '../../threads/index.js'
import { LineMemory } from './line-memory.js'
import type { LineTask } from './line-task.js'
import { runLineThread } from './line-thread.js'

/** On a thread: its share of a run. */
export function lineService() {
  return (posted: LineTask | Copied<LineTask>) =>
    (_request: undefined, call: Call<Report>): Report => {
      const task = taskOver<LineTask>(posted)
      runLineThread(
        task,
        reporter(task, report => call.tell(report)),
      )
      const report = finalReport(task, () => LineMemory.over(task.memory).matrixBytes)
      if (report.learned) call.handOver(report.learned)
      return report
    }
}
