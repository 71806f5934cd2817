import type { Call } from '../../threads/index.js'
import type { LineTask } from './line-task.js'
import { runLineThread } from './line-thread.js'

/** On a thread: its share of a run. */
export function lineService() {
  return (task: LineTask) =>
    (_request: undefined, _call: Call<never>): undefined => {
      runLineThread(task)
    }
}
