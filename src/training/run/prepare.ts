import { totalMemory } from '#platform/training/machine'
import type { HuffmanTree } from '../../equations/index.js'
import { noiseWeights } from '../../equations/inner.js'
import { objectiveOf } from '../../reference/index.js'
import { Control } from '../../runs/inner.js'
import type { EncodedCorpus, Vocabulary } from '../../text/index.js'
import { canShareMemory, containerMemory, usedMemory } from '../../wasm/index.js'
import { allocate, keepThresholds } from '../memory/first-contents.js'
import { checkFits, type Layout, layOut } from '../memory/layout.js'
import { checkLimit } from '../memory/memory-limit.js'
import type { TrainingMemory } from '../memory/training-memory.js'
import type { TrainingOptions } from '../options/options.js'
import { blocksIn } from '../plan/blocks.js'
import { type ChunkPlan, planChunks } from '../plan/chunks.js'
import { type DocumentRows, documentRows } from '../plan/documents.js'
import { assignParts, type Parts } from '../plan/parts.js'
import { pairsPerWord } from '../plan/reach.js'
import { expectedKept, KERNEL_LIMIT, type Plan, planFor } from '../plan/schedule.js'
import { setAside } from '../plan/set-aside.js'
import { type SubwordTable, subwordTableFor } from '../plan/subword-table.js'
import { type Beginning, writeBeginning } from '../start/beginning.js'
import { roundingOf, type Simd, trainingModule } from '../training-kernels.js'
import type { ThreadTask } from './task.js'

/** A run that is ready to start: its plan, its memory, what its threads tell each other, and one task a thread. */
export interface Run {
  readonly plan: Plan
  readonly memory: TrainingMemory
  readonly control: Control
  readonly subwords: SubwordTable | undefined
  readonly tasks: readonly ThreadTask[]
  /** How products are rounded; part of what decides the bytes of the result. */
  readonly rounding: 'twice' | 'once' | 'reference'
}

/** What a run may have beside a text and options. */
export interface Circumstances {
  /** The vectors that it starts from. */
  readonly beginning?: Beginning | undefined
  /** Bytes that the kernels' memory may have. */
  readonly kernelLimit?: number
}

/**
 * Plans a run and allocates its memory. Throws `too-large`, before allocating, if it will not fit. If the
 * kernels' memory would exceed `kernelLimit` bytes, the rows lie outside it, except in a page that cannot share memory.
 */
export function prepare(
  corpus: EncodedCorpus,
  options: TrainingOptions,
  circumstances: Circumstances = {},
): Run {
  const work = workOf(corpus, options)
  const { plan, chunks, documents, subwords, threads } = work
  const memory = memoryFor(corpus, options, work, circumstances)
  const heldOut = setAside(corpus.ids, corpus.vocabulary, options)
  const control = Control.allocate({
    epochs: options.epochs,
    slots: plan.schedule === 'blocks' ? plan.parts ** 2 : threads,
    heldOutSlots: heldOut.stretches.length,
    threads,
  })
  const { tokenizer: _, ...numbers } = options // a function could not be posted
  const module = options.simd === 'none' ? undefined : trainingModule(options.simd as Simd)
  const shared = {
    module,
    ids: corpus.ids.share(),
    control,
    options: numbers,
    plan,
    chunks: { starts: chunks.starts },
    heldOut,
    documents,
  }
  const tasks = memory.layout.threads.map((_, thread) => ({ thread, memory: memory.posted(), ...shared }))
  const rounding = module ? roundingOf(module, memory.kernels) : 'reference'
  return { plan, memory, control: new Control(control), subwords, tasks, rounding }
}

/** How a run would be cut and laid out, without its memory. Throws `too-large` for an objective that is too much work. */
export function outlineOf(
  corpus: EncodedCorpus,
  options: TrainingOptions,
): Pick<Work, 'plan' | 'chunks'> & { readonly layout: Layout } {
  const work = workOf(corpus, options)
  return { ...work, layout: layoutFor(corpus, options, work, {}) }
}

function usualKernelLimit(): number {
  return canShareMemory() ? KERNEL_LIMIT : Number.POSITIVE_INFINITY
}

/** How the work is cut, and what takes memory beside the words' rows. */
interface Work {
  readonly plan: Plan
  readonly parts: Parts
  readonly chunks: ChunkPlan
  readonly documents: DocumentRows | undefined
  readonly tree: HuffmanTree | undefined
  readonly subwords: SubwordTable | undefined
  readonly threads: number
}

function workOf({ vocabulary, ids, textCounts, tags }: EncodedCorpus, options: TrainingOptions): Work {
  const plan = planFor(vocabulary, ids.tokens, options, textCounts, pairsPerWord(ids, options))
  return {
    plan,
    parts: partsOf(vocabulary, options, plan, textCounts),
    chunks:
      plan.schedule === 'blocks'
        ? planChunks(ids, keepThresholds(vocabulary, options.subsampling), options, plan.rotations)
        : { starts: new Uint32Array(0), pairCapacity: 0 },
    documents: documentRows(ids, vocabulary.size, options, tags),
    tree: objectiveOf(options.objective).tree?.(vocabulary.counts),
    subwords: subwordTableFor(vocabulary, options),
    threads: Math.min(threadsFor(plan, options), blocksIn(ids.length)),
  }
}

/** How memory will be laid out for the work. */
function layoutFor(
  { vocabulary }: EncodedCorpus,
  options: TrainingOptions,
  { plan, parts, chunks, documents, tree, subwords, threads }: Work,
  { beginning, kernelLimit = usualKernelLimit() }: Circumstances,
): Layout {
  return layOut({
    words: vocabulary.size,
    documents: documents?.count ?? 0,
    documentLists: documents?.lists,
    subwords,
    tree,
    options,
    threads,
    plan,
    parts,
    pairCapacity: chunks.pairCapacity,
    hasFrozen: beginning?.frozen !== undefined,
    kernelLimit,
  })
}

/** The memory with its first contents, those that the run starts from among them. */
function memoryFor(
  corpus: EncodedCorpus,
  options: TrainingOptions,
  work: Work,
  circumstances: Circumstances,
): TrainingMemory {
  const { vocabulary, textCounts } = corpus
  const { plan, parts, documents, tree, subwords } = work
  const { beginning } = circumstances
  const layout = layoutFor(corpus, options, work, circumstances)
  checkFits(layout, totalMemory())
  checkLimit(layout, { maxMemory: options.maxMemory, container: containerMemory() }, usedMemory())
  const memory = allocate(layout, parts, {
    vocabulary,
    plan,
    options,
    tree,
    textCounts,
    subwords,
    documentLists: documents?.lists,
  })
  if (beginning) writeBeginning(memory, beginning, subwords)
  return memory
}

/** Parts of equal work in this text, even if the vocabulary counts more than this text. */
function partsOf(
  vocabulary: Vocabulary,
  { subsampling, noiseExponent }: TrainingOptions,
  plan: Plan,
  textCounts: Float64Array | undefined,
): Parts {
  const work = expectedKept(vocabulary, subsampling, textCounts)
  return assignParts(work, plan.parts, textCounts && noiseWeights(vocabulary.counts, noiseExponent))
}

/** Windows that the user did not ask for run on one thread, since defaults must be reproducible. */
function threadsFor(plan: Plan, options: TrainingOptions): number {
  return plan.schedule === 'windows' && options.schedule === 'auto' ? 1 : options.threads
}
