import { lineScript } from '#platform/classification/training/line-script'
import { runOnThreads } from '../../runs/index.js'
import { postedTask, type Report, takeReport } from '../../runs/inner.js'
import type { LineRun } from './line-run.js'
import type { LineTask } from './line-task.js'

/** In megabytes. */
const HEAP = 24

/** Runs every task of a run on a thread of its own. */
export function runLineThreads(
  { tasks, control, memory }: LineRun,
  signal: AbortSignal | undefined,
): Promise<void> {
  const kind = {
    script: lineScript,
    heap: HEAP,
    nameOf: ({ thread }: LineTask) => `training thread ${thread + 1}`,
    posted: (task: LineTask) => postedTask(task),
    take: (report: Report) => takeReport(report, control, () => memory.matrixBytes),
  }
  return runOnThreads(tasks, kind, control, signal)
}
