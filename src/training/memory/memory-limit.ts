import { option, say, sizeOf, WordloomError, type Words } from '../../errors.js'
import type { Layout } from './layout.js'

/** Bytes that the engine of a thread takes. */
const THREAD_BYTES = 10 * 2 ** 20

/** The most that a process may take. */
export interface MemoryLimits {
  /** The option; 0 is no limit. */
  readonly maxMemory: number
  /** Of the container that the process is in; infinite if there is none. */
  readonly container: number
}

/**
 * Throws `too-large`, before anything is allocated, if a run of this layout beside the `used` bytes of the text,
 * the vocabulary and the engine would take more than it may.
 */
export function checkLimit(layout: Layout, { maxMemory, container }: MemoryLimits, used: number): void {
  if (maxMemory > 0)
    refuseOver(layout, maxMemory, used, {
      limit: say`${option('maxMemory')} is ${sizeOf(maxMemory)}`,
      raise: say`raise ${option('maxMemory')}`,
    })
  if (Number.isFinite(container))
    refuseOver(layout, container, used, {
      limit: `this container may have ${sizeOf(container)}`,
      raise: 'give the container more memory',
    })
}

/** Bytes that a process takes at most that has taken `used` bytes so far and trains with this layout. */
export function neededBytes({ bytes, outsideBytes, bestBytes, threads }: Layout, used: number): number {
  return used + bytes + outsideBytes + bestBytes + threads.length * THREAD_BYTES
}

function refuseOver(
  layout: Layout,
  most: number,
  used: number,
  { limit, raise }: { readonly limit: Words; readonly raise: Words },
): void {
  const { words, dimensions } = layout
  const matrices = 2 * words * layout.rowBytes
  const needed = neededBytes(layout, used)
  const others = needed - matrices
  if (needed <= most) return
  const fitting = Math.max(0, Math.floor((words * (most - others)) / matrices))
  const advice = fitting > 1 ? `keep about ${fitting.toLocaleString('en')} words` : 'keep fewer words'
  const size = `${words.toLocaleString('en')} words × ${dimensions} dimensions × 2 matrices`
  throw new WordloomError('too-large', {
    action: 'train',
    found: say`training needs ${sizeOf(needed)} (${size} take ${sizeOf(matrices)}), and ${limit}`,
    cure: say`${advice} (set ${option('maxWords')}, or raise ${option('minCount')}), lower ${option('dimensions')}, or ${raise}`,
  })
}
