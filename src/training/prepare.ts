import { totalMemory } from '#platform/training/machine'
import { huffmanTree } from '../equations/huffman.js'
import { canShareMemory } from '../math/shared-memory.js'
import { compileTrainingKernels, type Simd } from '../math/training-kernels.js'
import type { EncodedCorpus } from '../text/index.js'
import { blocksIn } from './blocks.js'
import { planChunks } from './chunks.js'
import { Control } from './control.js'
import { setAside } from './held-out.js'
import { checkFits, type Layout, layOut } from './layout.js'
import { allocate, keepThresholds, type SharedMemories } from './memory.js'
import type { TrainingOptions } from './options.js'
import { assignParts, type Parts } from './parts.js'
import { expectedKept, KERNEL_LIMIT, type Plan, planFor } from './schedule.js'
import { type SubwordTable, subwordTableFor } from './subword-table.js'
import type { ThreadTask } from './task.js'

/** A run that is ready to start: its plan, its memory, and one task a thread. */
export interface Run {
  readonly plan: Plan
  readonly parts: Parts
  readonly layout: Layout
  readonly memories: SharedMemories
  readonly subwords: SubwordTable | undefined
  readonly control: Control
  readonly tasks: readonly ThreadTask[]
}

/**
 * Plans a run and allocates its memory. Throws `too-large`, before allocating, where it will not fit. Where the
 * kernels' memory would pass `kernelLimit` bytes, the rows lie outside it; a page that cannot share has no outside.
 */
export function prepare(
  { vocabulary, ids }: EncodedCorpus,
  options: TrainingOptions,
  kernelLimit = canShareMemory() ? KERNEL_LIMIT : Number.POSITIVE_INFINITY,
): Run {
  const plan = planFor(vocabulary, ids.tokens, options)
  const parts = assignParts(expectedKept(vocabulary, options.subsampling), plan.parts)
  const { starts, pairCapacity } =
    plan.schedule === 'blocks'
      ? planChunks(ids, keepThresholds(vocabulary, options.subsampling), options.window, plan.rotations)
      : { starts: new Uint32Array(0), pairCapacity: 0 }
  const tree = options.objective === 'hierarchical-softmax' ? huffmanTree(vocabulary.counts) : undefined
  const subwords = subwordTableFor(vocabulary, options)
  const threads = Math.min(threadsFor(plan, options), blocksIn(ids.length))
  const layout = layOut({
    words: vocabulary.size,
    subwords,
    tree,
    options,
    threads,
    plan,
    parts,
    pairCapacity,
    kernelLimit,
  })
  checkFits(layout, totalMemory())
  const memories = allocate(layout, vocabulary, parts, plan, options, tree, subwords)
  const heldOut = setAside(ids, vocabulary, options)
  const control = Control.allocate({
    epochs: options.epochs,
    slots: plan.schedule === 'blocks' ? plan.parts ** 2 : threads,
    heldOutSlots: heldOut.stretches.length,
    threads,
  })
  const module = options.simd === 'none' ? undefined : compileTrainingKernels(options.simd as Simd)

  const { tokenizer: _, ...numbers } = options // a function could not be posted
  const shared = ids.share()
  const tasks = layout.threads.map((_, thread) => ({
    thread,
    ...memories,
    layout,
    module,
    ids: shared,
    control,
    options: numbers,
    plan,
    parts,
    chunks: { starts },
    heldOut,
  }))
  return { plan, parts, layout, memories, subwords, control: new Control(control), tasks }
}

/** Windows that nobody asked for run on one thread: what is chosen for the user is reproducible. */
function threadsFor(plan: Plan, options: TrainingOptions): number {
  return plan.schedule === 'windows' && options.schedule === 'auto' ? 1 : options.threads
}
