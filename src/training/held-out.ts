import { noiseWeights } from '../equations/inner.js'
import { aliasTable, draw, keyOf, Purpose } from '../math/index.js'
import { type Block, type HeldOutObjective, type HeldOutState, heldOutLoss } from '../reference/index.js'
import type { TokenIds, Vocabulary } from '../text/index.js'
import { allocateShared } from '../wasm/index.js'
import { blockRange, blocksIn, stretchesIn, stretchOf } from './blocks.js'
import type { Control } from './control.js'
import type { Engine } from './engine.js'
import {
  bagFormOf,
  inputVectors,
  keepTable,
  outputVectors,
  rowsOf,
  treeTables,
  wordRowsOf,
} from './memory.js'
import type { TrainingOptions } from './options.js'
import { rowOf } from './parts.js'
import { leastReach } from './reach.js'
import type { ThreadTask } from './task.js'

/** Stretches of the text that are set aside, and the noise distribution to judge them with. */
export interface HeldOut {
  /** Blocks of positions in a stretch. */
  readonly stretch: number
  /** In ascending order; empty where nothing is held out. */
  readonly stretches: Uint32Array
  /** By stretch: 1 where it is set aside. */
  readonly isSetAside: Uint8Array
  /** Alias table over all words, in memory that threads share. */
  readonly noise: Uint32Array
}

/** Chooses stretches by chance, keyed by the seed: about `heldOut` of the text, at least one, never all. */
export function setAside(ids: TokenIds, vocabulary: Vocabulary, options: TrainingOptions): HeldOut {
  const stretch = stretchOf(ids.length)
  if (options.heldOut === 0)
    return {
      stretch,
      stretches: new Uint32Array(0),
      isSetAside: new Uint8Array(0),
      noise: new Uint32Array(0),
    }
  const key = keyOf(options.seed, Purpose.heldOut)
  const all = Array.from({ length: stretchesIn(ids.length) }, (_, index) => index)
  const order = all.toSorted((a, b) => draw(key, a) - draw(key, b) || a - b)
  const count = Math.min(all.length - 1, Math.max(1, Math.round(all.length * options.heldOut)))
  const noise = new Uint32Array(allocateShared(vocabulary.size * 8))
  aliasTable(noiseWeights(vocabulary.counts, options.noiseExponent), noise)
  const stretches = Uint32Array.from(order.slice(0, count)).sort()
  const isSetAside = new Uint8Array(all.length)
  for (const index of stretches) isSetAside[index] = 1
  return { stretch, stretches, isSetAside, noise }
}

/** Whether a block of positions is set aside. */
export function isHeldOut({ stretch, isSetAside }: HeldOut, block: number): boolean {
  return isSetAside[Math.floor(block / stretch)] === 1
}

/** Judges the stretches set aside: each thread some of them, with windows and negative samples that never change. */
export function judgeHeldOut(
  task: ThreadTask,
  ids: TokenIds,
  engine: Engine,
  control: Control,
  epoch: number,
): void {
  const { layout, memory, options, heldOut, parts } = task
  if (heldOut.stretches.length === 0) return
  const state: HeldOutState = {
    inputVectors: inputVectors(layout, rowsOf(task)),
    outputVectors: outputVectors(layout, rowsOf(task)),
    rowOf: word => rowOf(parts, word),
    wordRows: wordRowsOf(layout, memory),
    architecture: options.architecture,
    bagForm: bagFormOf(options),
    objective: objectiveOf(task),
    window: options.window,
    leastReach: leastReach(options),
    keep: keepTable(layout, memory),
    keepKey: keyOf(options.seed, Purpose.heldOut, Purpose.subsampling),
    windowKey: keyOf(options.seed, Purpose.heldOut, Purpose.window),
  }
  const judge = judgeOf(task, ids, engine, state)
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

/** Exact softmax is much work, and its kernel leaves everything as it is where the learning rate is 0. */
function judgeOf(
  { options }: ThreadTask,
  ids: TokenIds,
  engine: Engine,
  state: HeldOutState,
): (block: number) => { pairs: number; loss: number } {
  if (options.objective !== 'softmax') return block => heldOutLoss(blockAt(ids, block, state), state)
  const { keepKey, windowKey } = state
  const keys = { keepKey, windowKey, negativeKey: 0, ownNegativeKey: 0 }
  return block => engine.trainWindows(blockRange(ids, block, state), keys, 0)
}

function objectiveOf({ options, layout, memory, heldOut }: ThreadTask): HeldOutObjective {
  if (options.objective === 'softmax') return { name: 'softmax' }
  if (options.objective === 'hierarchical-softmax')
    return { name: 'hierarchical-softmax', tree: treeTables(layout, memory) }
  return {
    name: 'negative-sampling',
    noise: heldOut.noise,
    negativeSamples: options.negativeSamples,
    negativeKey: keyOf(options.seed, Purpose.heldOut, Purpose.negativeSamples),
  }
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
  const losses = Array.from({ length: epoch + 1 }, (_, e) => control.heldOutLoss(e))
  const best = Math.min(...losses.slice(0, epoch + 1 - patience))
  return losses.slice(-patience).every(loss => loss >= best)
}
