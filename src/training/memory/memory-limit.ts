import { option, say, WordloomError } from '../../errors.js'
import { gigabytes, type Layout } from './layout.js'

/** Bytes that the engine of a thread takes. */
const THREAD_BYTES = 10 * 2 ** 20

/**
 * Throws `too-large`, before anything is allocated, if a run of this layout beside the `used` bytes of the text,
 * the vocabulary and the engine would take more than `maxMemory`; 0 is no limit.
 */
export function checkLimit(layout: Layout, maxMemory: number, used: number): void {
  const { words, dimensions, bytes, outsideBytes, bestBytes, threads } = layout
  const matrices = 2 * words * layout.rowBytes
  const others = used + bytes + outsideBytes + bestBytes - matrices + threads.length * THREAD_BYTES
  const needed = others + matrices
  if (maxMemory === 0 || needed <= maxMemory) return
  const fitting = Math.max(0, Math.floor((words * (maxMemory - others)) / matrices))
  const advice = fitting > 1 ? `keep about ${fitting.toLocaleString('en')} words` : 'keep fewer words'
  const size = `${words.toLocaleString('en')} words × ${dimensions} dimensions × 2 matrices`
  throw new WordloomError('too-large', {
    action: 'train',
    found: say`training needs ${gigabytes(needed)} (${size} take ${gigabytes(matrices)}), and ${option('maxMemory')} is ${gigabytes(maxMemory)}`,
    cure: say`${advice} (set ${option('maxWords')}, or raise ${option('minCount')}), lower ${option('dimensions')}, or raise ${option('maxMemory')}`,
  })
}
