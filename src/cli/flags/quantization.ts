import { classifierFormatOf, isClassifierFile, quantizeOptionTable } from '../../classification/index.js'
import { option, say, WordloomError } from '../../errors.js'
import type { Flag, FlagsOf } from '../verb/flags.js'

const heading = 'Of classifiers:'
const { cutoff, subvectorSize, norms, outputs, epochs, learningRate } = quantizeOptionTable

/** How a classifier is made smaller; --seed and --evaluate are those of vectors. */
export const quantizationFlags = {
  cutoff: { ...cutoff, heading },
  subvectorSize: { ...subvectorSize, heading },
  norms: { ...norms, heading },
  outputs: { ...outputs, heading },
  retrain: {
    kind: 'file',
    use: 'read',
    help: 'labelled lines from which the rows that --cutoff keeps learn again',
    heading,
  },
  epochs: { ...epochs, heading },
  learningRate: { ...learningRate, heading },
} as const satisfies Record<string, Flag>

/** The flags of a line. */
type Given = object & { readonly from?: string; readonly to?: string }
export type QuantizationFlags = FlagsOf<typeof quantizationFlags> & {
  readonly seed?: number
  readonly evaluate?: string
}

/** Flags that a conversion of a classifier takes. */
const OWN = [...Object.keys(quantizationFlags), 'seed', 'evaluate', 'to', 'json']

/**
 * Whether a classifier is to be written as one: the output has an ending of classifiers, and no other format is named. Throws
 * `usage` for an ending that only classifiers have, and a file that is none.
 */
export async function areClassifiers(input: string, output: string, flags: Given): Promise<boolean> {
  const { from, to } = flags
  const format = classifierFormatOf(output)
  const isNamed = from === undefined && (to === undefined || to === 'safetensors' || to === 'fasttext')
  const is = format !== undefined && isNamed && (input === '-' || (await isClassifierFile(input)))
  if (format !== 'ftz') return is && input !== '-'
  if (is) return true
  throw new WordloomError('usage', {
    action: `write ${output}`,
    found: isNamed
      ? `only classifiers are kept as .ftz, and ${input} is none`
      : 'only classifiers are kept as .ftz',
    expected: 'a classifier: fastText’s .bin of a supervised model, or a .safetensors of classifiers',
    cure: 'give another ending for word vectors, such as .safetensors with --precision pq',
  })
}

/** Throws `usage` for flags that are for word vectors, or for codes where there will be none. */
export function checkClassifierFlags(output: string, flags: Given): void {
  const foreign = givenIn(flags).find(name => !OWN.includes(name))
  if (foreign !== undefined)
    throw new WordloomError('usage', {
      found: say`${option(foreign)} is for word vectors, and the input is a classifier of texts`,
      cure: say`leave ${option(foreign)} out, or name a format of word vectors, such as ${option('to', 'word2vec-text')}`,
    })
  const own = codingIn(flags)
  if (own !== undefined && classifierFormatOf(output) === 'bin')
    throw new WordloomError('usage', {
      found: say`${option(own)} makes codes, for which .bin has no room`,
      cure: say`give the output the ending .ftz or .safetensors, or leave ${option(own)} out`,
    })
  const idle = givenIn(flags).find(name => name === 'seed' || name === 'evaluate')
  if (idle !== undefined && !isQuantized(output, flags))
    throw new WordloomError('usage', {
      found: say`${option(idle)} is for a classifier that is made smaller`,
      cure: say`add ${option('cutoff')} or ${option('subvectorSize')}, or leave ${option(idle)} out`,
    })
}

/** Throws `usage` for flags of classifiers, since the input or the format of the output is of word vectors. */
export function refuseQuantization(input: string, flags: Given): void {
  const own = codingIn(flags)
  if (own !== undefined)
    throw new WordloomError('usage', {
      found: say`${option(own)} is for classifiers of texts that are written as .ftz or .safetensors, and ${input} is converted as word vectors`,
      cure: say`leave ${option(own)} out; ${option('precision')} makes word vectors smaller`,
    })
}

/** Whether rows of numbers become codes. */
export function isQuantized(output: string, flags: Given): boolean {
  return codingIn(flags) !== undefined || classifierFormatOf(output) === 'ftz'
}

/** Whether a flag asks for codes, or for how they are made. */
export function isQuantizationAsked(flags: object): boolean {
  return codingIn(flags) !== undefined || givenIn(flags).some(name => name === 'seed' || name === 'evaluate')
}

function codingIn(flags: object): string | undefined {
  return givenIn(flags).find(name => Object.hasOwn(quantizationFlags, name))
}

function givenIn(flags: object): string[] {
  return Object.entries(flags).flatMap(([name, value]) => (value === undefined ? [] : [name]))
}
