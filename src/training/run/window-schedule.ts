import { learningRate } from '../../equations/inner.js'
import { keyOf, Purpose } from '../../math/index.js'
import { Occasion, type Place } from '../../runs/inner.js'
import { BLOCK, blockRange, blocksIn } from '../plan/blocks.js'
import { isHeldOut } from '../plan/set-aside.js'
import type { Workplace } from './workplace.js'

/** Steps of an epoch, unless it has fewer blocks. */
const STEPS = 20

/**
 * Trains in the order of the text, a block of positions at a time. Threads share the rows without locks
 * (Recht et al. 2011), so that one thread is exactly reproducible and several are not.
 */
export function windowSchedule({
  task,
  memory,
  ids,
  engine,
  control,
}: Workplace): (epoch: number, start: Place) => void {
  const { options, thread } = task
  const { keep } = memory
  return (epoch, start) => {
    const keys = {
      keepKey: keyOf(options.seed, Purpose.subsampling, epoch),
      windowKey: keyOf(options.seed, Purpose.window, epoch),
      negativeKey: keyOf(options.seed, Purpose.negativeSamples, epoch),
      ownNegativeKey: 0, // windows redraw at once
    }
    const trainOne = (block: number) => {
      const range = blockRange(ids, block, { window: options.window, keep, ...keys })
      const progress = (epoch + (block * BLOCK) / ids.length) / options.epochs
      const rate = learningRate(progress, options.learningRate, options.minLearningRate)
      const trained = isHeldOut(task.heldOut, block)
        ? { pairs: 0, loss: 0 }
        : engine.trainWindows(range, keys, rate)
      control.add(thread, { positions: range.last - range.first, ...trained })
    }
    let block = start.part
    for (let { step } = start; step < STEPS && !control.stopped; step++) {
      const end = Math.floor((blocksIn(ids.length) * (step + 1)) / STEPS)
      const pause = (next: number) => {
        const place = { epoch, step: step + Number(next === end), part: next }
        control.pauses.at(place, next === end ? Occasion.step : Occasion.part)
      }
      while (block < end && !control.stopped) block = control.stretch(block, end, trainOne, pause)
    }
  }
}
