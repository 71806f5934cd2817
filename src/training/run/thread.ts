import type { TokenIds } from '../../ids/index.js'
import { Control, Occasion } from '../../runs/inner.js'
import { TrainingMemory } from '../memory/training-memory.js'
import { blockSchedule } from './block-schedule.js'
import { engineFor } from './engine.js'
import { isExhausted, judgeHeldOut } from './held-out.js'
import type { ThreadTask } from './task.js'
import { windowSchedule } from './window-schedule.js'

/**
 * Does one thread's share of all epochs, from the place that the run has reached; `onWork` is called after each piece
 * of work. It blocks while it waits for other threads, so it must run on a worker, never on the thread of a page.
 */
export function runThread(task: ThreadTask, ids: TokenIds, onWork?: () => void): void {
  const control = new Control(task.control, onWork)
  const memory = TrainingMemory.over(task.memory)
  const engine = engineFor(task, memory, ids)
  const at = { task, memory, ids, engine, control }
  const trainEpoch = task.plan.schedule === 'blocks' ? blockSchedule(at) : windowSchedule(at)
  const { patience, epochs } = task.options
  const start = control.pauses.place
  if (isExhausted(control, start.epoch - 1, patience)) return
  for (let { epoch } = start; epoch < epochs && !control.stopped; epoch++) {
    trainEpoch(epoch, epoch === start.epoch ? start : { epoch, step: 0, part: 0 })
    control.phase(1, () => control.closeEpoch(epoch))
    judgeHeldOut(at, epoch)
    if (memory.best) control.phase(1, () => keepIfBest(memory, control, epoch))
    control.pausePoint({ epoch: epoch + 1, step: 0, part: 0 }, Occasion.epoch)
    if (isExhausted(control, epoch, patience)) break
  }
}

function keepIfBest(memory: TrainingMemory, control: Control, epoch: number): void {
  if (control.bestEpoch === epoch) memory.keepBest()
}
