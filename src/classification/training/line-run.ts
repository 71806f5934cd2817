import { noiseWeights } from '../../equations/inner.js'
import { draw, keyOf, Purpose, Random } from '../../math/index.js'
import { objectiveOf } from '../../reference/index.js'
import { Control } from '../../runs/inner.js'
import { processors } from '../../threads/index.js'
import {
  noiseRunsBytes,
  roundingOf,
  type Simd,
  trainingModule,
  undivided,
} from '../../training/inner.threads.js'
import { allocateShared } from '../../wasm/index.js'
import type { LabelledCorpus } from './labelled-corpus.js'
import { layOutLines } from './layout.js'
import { LineMemory } from './line-memory.js'
import type { LineTask } from './line-task.js'
import type { ReadyOptions } from './options.js'
import { slicesOf } from './slices.js'

/** A run that is ready to start: its memory, what its threads tell each other, and one task a thread. */
export interface LineRun {
  readonly memory: LineMemory
  readonly control: Control
  readonly tasks: readonly LineTask[]
  /** How products are rounded; part of what decides the bytes of the result. */
  readonly rounding: 'twice' | 'once' | 'reference'
}

/**
 * Looks at the barrier of a batch if each thread has a processor of its own, a tenth of a millisecond in all: there is one
 * each 80 microseconds, and to sleep and be woken would cost as much as the second thread earns.
 */
const LOOKS = 20_000

/** Throws `too-large` before anything is allocated that will not fit. `weights` is by label. */
export function prepareLines(corpus: LabelledCorpus, options: ReadyOptions, weights: Float64Array): LineRun {
  const { bags, marks } = corpus
  const memory = memoryFor(corpus, options)
  writeFirstRows(memory, options)
  const threads = memory.layout.threads.length
  const { lines, heldOut } = setAside(bags.ends.length, options)
  const heldOutSlots = heldOut > 0 ? 1 : 0
  const control = Control.allocate({ epochs: options.epochs, slots: 1, heldOutSlots, threads })
  const module = options.simd === 'none' ? undefined : trainingModule(options.simd as Simd)
  const order = new Uint32Array(allocateShared(4 * (lines.length - heldOut)))
  const given = { bags, marks, weights, lines, heldOut, order }
  const looks = threads <= processors() ? LOOKS : undefined
  const shared = { threads, looks, memory: memory.posted(), module, control, options, ...given }
  const tasks = Array.from({ length: threads }, (_, thread) => ({ ...shared, thread }))
  const rounding = module ? roundingOf(module, memory.kernels) : 'reference'
  return { memory, control: new Control(control), tasks, rounding }
}

/** The reference wants the columns in one piece. */
function memoryFor(corpus: LabelledCorpus, options: ReadyOptions): LineMemory {
  const { labels, inputRows, bags, marks } = corpus
  const { dimensions, negativeSamples } = options
  const objective = objectiveOf(options.objective)
  const slices = options.simd === 'none' ? [{ first: 0, columns: dimensions }] : slicesOf(dimensions)
  const size = { words: labels.size, negativeSamples, tree: objective.tree?.(labels.counts) }
  const layout = layOutLines({
    ...{ inputRows, labels: labels.size, dimensions, objective, size, bags, marks, slices },
    noiseBytes: noiseRunsBytes(undivided(labels.size)),
    threads: Math.min(options.threads, slices.length),
  })
  return LineMemory.allocate(layout, size, noiseWeights(labels.counts, options.noiseExponent))
}

/** Uniform in ±1/dimensions, as fastText means to begin; output rows start at zero. */
function writeFirstRows({ input, layout }: LineMemory, { seed, dimensions }: ReadyOptions): void {
  const key = keyOf(seed, Purpose.inputVectors)
  const scale = 2 / dimensions / 2 ** 32
  for (let i = 0; i < layout.inputRows; i++) {
    const random = new Random(key, i)
    for (let n = 0; n < input.length; n++) {
      const { data, stride, columns } = input[n]!
      for (let at = i * stride; at < i * stride + columns; at++)
        data[at] = random.next() * scale - 1 / dimensions
    }
  }
}

/** Lines chosen by chance, keyed by the seed: about `heldOut` of all, never all; they come last. */
function setAside(count: number, { heldOut, seed }: ReadyOptions) {
  const key = keyOf(seed, Purpose.heldOut)
  const chosen = heldOut === 0 ? 0 : Math.min(count - 1, Math.max(1, Math.round(count * heldOut)))
  const lines = new Uint32Array(allocateShared(4 * count))
  if (chosen === 0) return { lines: lines.map((_, line) => line), heldOut: 0 }
  const all = Array.from(lines, (_, line) => line).sort((a, b) => draw(key, a) - draw(key, b) || a - b)
  const aside = all.slice(0, chosen).sort((a, b) => a - b)
  const others = all.slice(chosen).sort((a, b) => a - b)
  lines.set([...others, ...aside])
  return { lines, heldOut: chosen }
}
