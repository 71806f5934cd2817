import type { BagForm } from '../../reference/index.js'
import type { TrainingOptions } from './options.js'

/** How the options have a bag become a hidden row, and its change go back to the rows. */
export function bagFormOf({ bag, bagGradient }: Pick<TrainingOptions, 'bag' | 'bagGradient'>): BagForm {
  if (bag === 'sum') return 'sum'
  return bagGradient === 'exact' ? 'mean' : 'undivided'
}
