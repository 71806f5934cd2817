import { cleaningOptionTable, labelledLineOptionTable } from '../../classification/index.js'
import { under } from '../verb/flags.js'
import type { Input } from '../verb/verb.js'

/** A file of a classifier as an input of a verb. */
export const classifierInput = {
  help: 'a classifier: .safetensors, or a .bin or .ftz file of fastText',
  file: 'read',
} as const satisfies Input

/** How files of labelled lines are read. */
export const labelledFlags = under('The lines:', labelledLineOptionTable)

/** What is done to texts before their words are looked up, if it is not what the classifier says. */
export const cleaningFlags = under('The words:', {
  lowercase: {
    ...cleaningOptionTable.lowercase,
    help: `${cleaningOptionTable.lowercase.help}, whatever the file says`,
  },
  punctuation: {
    ...cleaningOptionTable.punctuation,
    default: undefined,
    otherwise: 'what the file says, or kept',
  },
} as const)
