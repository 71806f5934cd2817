import { type Fault, option, say, WordloomError } from '../errors.js'
import type { Vocabulary } from '../text/index.js'
import { WordVectors } from '../vectors/index.js'

/** What helps with a file that is damaged. */
export const AGAIN = 'fetch or make the file again'

/** What helps with rows of numbers that are not finite. */
export const LEAVE_OUT = say`give ${option('allowNonfinite')} to leave such rows out`

/** What helps with words such as "route 66", if they are words. */
export const TAKE_NUMBERS = say`give ${option('lenient')} if words may end in a number`

export const NONE_WANTED: Fault = {
  found: 'none of the words asked for is in it',
  cure: 'check their spelling',
}

export const NO_FINITE_ROW: Fault = {
  found: 'there is no whole row of finite numbers in it',
  cure: AGAIN,
}

/** Throws `usage` for what names no file of this machine. */
export function checkPath(path: unknown, action: string, such = 'vectors.safetensors'): void {
  if (typeof path === 'string' && /^https?:\/\//.test(path))
    throw new WordloomError('usage', {
      action,
      found: `${path} is an address, not a file`,
      cure: 'ask it with openVectorFile(new URL(…)), or read(…) what is fetched',
    })
  if (typeof path === 'string' && path !== '') return
  throw new WordloomError('usage', {
    action,
    found:
      path === ''
        ? 'the path is empty'
        : `the path is ${path === null ? 'null' : `a value of type ${typeof path}`}`,
    expected: `a file name, such as "${such}"`,
  })
}

/** Throws `usage` for what are no vectors, such as the model that has them. */
export function checkVectors(vectors: unknown): void {
  if (vectors instanceof WordVectors) return
  const isModel = typeof vectors === 'object' && vectors !== null && 'vectors' in vectors
  throw new WordloomError('usage', {
    action: 'save the vectors',
    found: isModel ? 'a model is given' : `a value of type ${typeof vectors} is given`,
    expected: 'WordVectors',
    cure: isModel ? 'give its vectors (model.vectors), or call model.save(path)' : undefined,
  })
}

/** `bad-data` for a word that a format cannot hold. */
export function unholdable(vocabulary: Vocabulary, id: number, what: string, format: string): WordloomError {
  return new WordloomError('bad-data', {
    action: 'write the vectors',
    found: `the word ${JSON.stringify(shortened(vocabulary.word(id)))} ${what}, which ${format} cannot hold`,
    cure: 'save as .safetensors',
  })
}

function shortened(word: string): string {
  return word.length > 60 ? `${word.slice(0, 60)}…` : word
}
