import type { Input } from '../verb/verb.js'

/** A file of vectors as an input of a verb. */
export const vectorsInput = {
  help: 'a file of word vectors, in any format that convert knows',
  file: 'read',
  areVectors: true,
} as const satisfies Input
