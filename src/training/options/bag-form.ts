import type { BagForm } from '../../reference/index.js'
import type { TrainingOptions } from './options.js'

/** How a bag becomes a hidden row, and how its change goes back to the rows, by the options. */
export function bagFormOf({ bag, bagGradient }: Pick<TrainingOptions, 'bag' | 'bagGradient'>): BagForm {
  if (bag === 'sum') return 'sum'
  return bagGradient === 'exact' ? 'mean' : 'undivided'
}
