import { threadScript } from '#platform/training/run/thread-script'
import { runOnThreads } from '../../runs/index.js'
import { type Control, postedTask, type Report, takeReport } from '../../runs/inner.js'
import { TrainingMemory } from '../memory/training-memory.js'
import type { ThreadTask } from './task.js'

/** In megabytes: about six are alive. Without a limit the engine lets garbage grow to tens, and further with time. */
const HEAP = 24

/** Runs every task of word training on a thread of its own; see `runOnThreads`. */
export function runThreads(
  tasks: readonly ThreadTask[],
  control: Control,
  signal: AbortSignal | undefined,
): Promise<void> {
  const kind = {
    script: threadScript,
    heap: HEAP,
    nameOf: ({ thread }: ThreadTask) => `training thread ${thread + 1}`,
    posted: (task: ThreadTask) => postedTask(task),
    take: (report: Report, { memory }: ThreadTask) =>
      takeReport(report, control, () => TrainingMemory.over(memory).matrixBytes),
  }
  return runOnThreads(tasks, kind, control, signal)
}
