import { learningRate } from '../equations/learning-rate.js'
import { trainWindows } from '../equations/train-windows.js'
import { keyOf, Purpose } from '../math/random.js'
import { Settings } from '../math/settings.js'
import { instantiateTrainingKernels } from '../math/training-kernels.js'
import { TokenIds } from '../text/index.js'
import { type BlockRange, blockRange, blocksIn } from './blocks.js'
import { Control } from './control.js'
import { inputVectors, keepTable, type Layout, noiseTable, outputVectors } from './memory.js'
import type { TrainingOptions } from './options.js'

/** What a thread is posted: shared memories and numbers, nothing it could write for itself alone. */
export interface ThreadTask {
  readonly thread: number
  readonly memory: WebAssembly.Memory
  readonly layout: Layout
  /** Undefined where the reference is to be run instead. */
  readonly module: WebAssembly.Module | undefined
  readonly chunks: readonly SharedArrayBuffer[]
  readonly length: number
  readonly control: SharedArrayBuffer
  readonly options: Omit<TrainingOptions, 'tokenizer'>
}

/** Trains block after block, each claimed from a counter that all threads share, until none is left. */
export function runThread(task: ThreadTask): void {
  const { options, memory, layout } = task
  const ids = TokenIds.over(task.chunks, task.length)
  const control = new Control(task.control, options.epochs, task.layout.threads.length)
  const trainBlock = task.module ? kernelTrainer(task, ids) : referenceTrainer(task, ids)
  const keep = keepTable(layout, memory)
  const perEpoch = blocksIn(ids)

  for (;;) {
    const claimed = control.claim()
    const epoch = Math.floor(claimed / perEpoch)
    if (epoch >= options.epochs || control.stopped) break
    const keys = {
      keepKey: keyOf(options.seed, Purpose.subsampling, epoch),
      windowKey: keyOf(options.seed, Purpose.window, epoch),
      negativeKey: keyOf(options.seed, Purpose.negativeSamples, epoch),
    }
    const range = blockRange(ids, claimed % perEpoch, { window: options.window, keep, ...keys })
    const progress = (epoch + range.first / ids.length) / options.epochs
    const rate = learningRate(progress, options.learningRate, options.minLearningRate)
    const { pairs, loss } = trainBlock(range, keys, rate)
    control.add(task.thread, epoch, range.last - range.first, pairs, loss)
  }
}

interface Keys {
  readonly keepKey: number
  readonly windowKey: number
  readonly negativeKey: number
}

type BlockTrainer = (range: BlockRange, keys: Keys, rate: number) => { pairs: number; loss: number }

function kernelTrainer({ thread, memory, layout, module }: ThreadTask, ids: TokenIds): BlockTrainer {
  const kernels = instantiateTrainingKernels(module!, memory)
  const settings = new Settings(memory, layout.threads[thread]!)
  return ({ from, first, last, to }, keys, rate) => {
    const count = to - from
    ids.read(from, to, new Int32Array(memory.buffer, settings.get('ids'), count))
    settings.clearResults()
    settings.set({
      ...keys,
      count,
      first: first - from,
      last: last - from,
      position: from,
      learningRate: rate,
    })
    kernels.trainWindows(settings.pointer)
    return { pairs: settings.get('pairs'), loss: settings.loss }
  }
}

function referenceTrainer({ memory, layout, options }: ThreadTask, ids: TokenIds): BlockTrainer {
  const state = {
    inputVectors: inputVectors(layout, memory),
    outputVectors: outputVectors(layout, memory),
    noise: noiseTable(layout, memory),
    keep: keepTable(layout, memory),
    window: options.window,
    negativeSamples: options.negativeSamples,
  }
  return ({ from, first, last, to }, keys, rate) => {
    const block = { ids: new Int32Array(to - from), first: first - from, last: last - from, position: from }
    ids.read(from, to, block.ids)
    return trainWindows(block, { ...state, ...keys, learningRate: rate })
  }
}
