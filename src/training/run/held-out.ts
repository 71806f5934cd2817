import { drawWord } from '../../equations/inner.js'
import type { TokenIds } from '../../ids/index.js'
import { keyOf, Purpose } from '../../math/index.js'
import {
  architectureOf,
  type Block,
  type HeldOutState,
  heldOutLoss,
  objectiveOf,
} from '../../reference/index.js'
import type { Control } from '../../runs/inner.js'
import { bagFormOf } from '../options/bag-form.js'
import { blockRange, blocksIn } from '../plan/blocks.js'
import { leastReach } from '../plan/reach.js'
import type { Engine } from './engine.js'
import type { Workplace } from './workplace.js'

/** Judges the stretches set aside: each thread some of them, with windows and negative samples that never change. */
export function judgeHeldOut({ task, memory, ids, engine, control }: Workplace, epoch: number): void {
  const { options, heldOut } = task
  if (heldOut.stretches.length === 0) return
  const state: HeldOutState = {
    inputVectors: memory.input,
    output: memory.outputLayer(options.negativeSamples, (random, evenly) =>
      drawWord(heldOut.noise, random, evenly),
    ),
    negativeKey: keyOf(options.seed, Purpose.heldOut, Purpose.negativeSamples),
    rowOf: word => memory.row(word),
    wordRows: memory.wordRows(),
    architecture: architectureOf(options.architecture),
    bagForm: bagFormOf(options),
    objective: objectiveOf(options.objective),
    window: options.window,
    leastReach: leastReach(options),
    keep: memory.keep,
    keepKey: keyOf(options.seed, Purpose.heldOut, Purpose.subsampling),
    windowKey: keyOf(options.seed, Purpose.heldOut, Purpose.window),
  }
  const judge = judgeOf(ids, engine, state)
  control.phase(heldOut.stretches.length, index => {
    const first = heldOut.stretches[index]! * heldOut.stretch
    const end = Math.min(first + heldOut.stretch, blocksIn(ids.length))
    const sums = { pairs: 0, loss: 0 }
    for (let block = first; block < end; block++) {
      const { pairs, loss } = judge(block)
      sums.pairs += pairs
      sums.loss += loss
    }
    control.addHeldOut(index, sums)
  })
  control.phase(1, () => control.closeHeldOut(epoch))
}

/** An objective that takes batches is judged by the kernel, since it is much work: with a learning rate of 0 nothing moves. */
function judgeOf(
  ids: TokenIds,
  engine: Engine,
  state: HeldOutState,
): (block: number) => { pairs: number; loss: number } {
  if (!state.objective.takesBatches) return block => heldOutLoss(blockAt(ids, block, state), state)
  const { keepKey, windowKey } = state
  const keys = { keepKey, windowKey, negativeKey: 0, ownNegativeKey: 0 }
  return block => engine.trainWindows(blockRange(ids, block, state), keys, 0)
}

function blockAt(ids: TokenIds, index: number, state: HeldOutState): Block {
  const { from, first, last, to } = blockRange(ids, index, state)
  const block = { ids: new Int32Array(to - from), first: first - from, last: last - from, position: from }
  ids.read(from, to, block.ids)
  return block
}

/** Whether held-out loss has not fallen for `patience` epochs. The same answer on every thread. */
export function isExhausted(control: Control, epoch: number, patience: number): boolean {
  if (patience === 0 || epoch < patience) return false
  const best = control.bestEpoch
  return best !== undefined && epoch - best >= patience
}
