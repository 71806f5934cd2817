import { trainClassifierOptionTable } from '../../classification/index.js'
import { namesakeIn } from '../../options/index.js'
import { flagNamed } from '../verb/flag-names.js'
import { under } from '../verb/flags.js'
import { labelledFlags } from './classify.js'
import { trainFlags } from './train.js'

const files = under('Files:', {
  output: {
    kind: 'file',
    use: 'write',
    required: true,
    help: 'where the classifier goes: .safetensors (everything) or .bin, which fastText reads',
  },
  from: {
    kind: 'file',
    use: 'read',
    replaceable: true,
    help: 'vectors of words from which their rows start',
  },
  continue: {
    kind: 'file',
    use: 'read',
    replaceable: true,
    help: 'a classifier to go on with: new words, labels and n-grams join those that it has',
  },
  checkpoint: trainFlags.checkpoint,
  checkpointEvery: trainFlags.checkpointEvery,
  resume: trainFlags.resume,
  restart: trainFlags.restart,
} as const)

/** Every flag of `classify train`. */
export const classifyTrainFlags = {
  ...files,
  ...labelledFlags,
  ...under('The training:', trainClassifierOptionTable),
  ...under('What is shown:', { quiet: trainFlags.quiet }),
} as const

/** What a flag of fastText is called here. */
export function classifyNamesake(flag: string): string | undefined {
  const name = namesakeIn(trainClassifierOptionTable, flag)
  return name && flagNamed(name)
}
