import type { TokenIds } from '../text/token-ids.js'
import { blockSchedule } from './block-schedule.js'
import { Control } from './control.js'
import { engineFor } from './engine.js'
import { isExhausted, judgeHeldOut } from './held-out.js'
import type { ThreadTask } from './task.js'
import { windowSchedule } from './window-schedule.js'

/**
 * Does one thread's share of all epochs; `onWork` is called after each piece of it. It waits for other threads
 * without giving way, so it must run on a worker, never on the thread of a page. Worker files and all that they
 * import use relative paths only: the import maps of a page do not reach its workers.
 */
export function runThread(task: ThreadTask, ids: TokenIds, onWork?: () => void): void {
  const control = new Control(task.control, onWork)
  const engine = engineFor(task, ids)
  const trainEpoch =
    task.plan.schedule === 'blocks'
      ? blockSchedule(task, ids, engine, control)
      : windowSchedule(task, ids, engine, control)
  for (let epoch = 0; epoch < task.options.epochs && !control.stopped; epoch++) {
    trainEpoch(epoch)
    control.phase(1, () => control.closeEpoch(epoch))
    judgeHeldOut(task, ids, engine, control, epoch)
    if (isExhausted(control, epoch, task.options.patience)) break
  }
}
