import { WordloomError } from '../../errors.js'
import { gigabytes, type Layout } from './layout.js'

/** What the engine of a thread takes for itself. */
const THREAD_BYTES = 10 * 2 ** 20

/**
 * Throws `too-large`, before anything is allocated, where a run of this layout beside the `used` bytes of the text,
 * the vocabulary and the engine would take more than `maxMemory`; 0 is no limit.
 */
export function checkLimit(layout: Layout, maxMemory: number, used: number): void {
  const { words, dimensions, bytes, outsideBytes, threads } = layout
  const matrices = 2 * words * layout.rowBytes
  const others = used + bytes + outsideBytes - matrices + threads.length * THREAD_BYTES
  const needed = others + matrices
  if (maxMemory === 0 || needed <= maxMemory) return
  const fitting = Math.max(0, Math.floor((words * (maxMemory - others)) / matrices))
  const advice = fitting > 1 ? `keep about ${fitting.toLocaleString('en')} words` : 'keep fewer words'
  throw new WordloomError(
    'too-large',
    `training needs ${gigabytes(needed)} (${words.toLocaleString('en')} words × ${dimensions} dimensions × 2 matrices ` +
      `take ${gigabytes(matrices)}), and maxMemory is ${gigabytes(maxMemory)}; ` +
      `${advice} (maxWords, or a higher minCount), lower dimensions, or raise maxMemory`,
  )
}
