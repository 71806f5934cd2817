import { option, say, WordloomError } from '../errors.js'
import { compressedFor, writeWhole } from '../files/index.js'
import { checkPath, withoutCompression } from '../formats/inner.js'
import { checkNames } from '../options/index.js'
import type { Classifier } from './classifier.js'
import {
  ACTION,
  type ClassifierFormat,
  checkClassifier,
  checkFormat,
  formatNames,
  type WriteClassifierOptions,
  writeClassifier,
} from './write.js'

export interface SaveClassifierOptions extends WriteClassifierOptions {
  /** Which format to write; told by the extension if not given. */
  readonly format?: ClassifierFormat | undefined
}

/**
 * Writes a classifier to a file, whole or not at all, compressed if .gz or .zst follows its extension: `.safetensors` keeps
 * everything, fastText reads `.bin` and `.ftz`. Rows that are codes go into .ftz, others into .bin. Throws `usage`, `bad-data`
 * for words and labels that the format cannot hold, `not-written`.
 */
export async function saveClassifier(
  classifier: Classifier,
  path: string,
  options: SaveClassifierOptions = {},
): Promise<void> {
  checkClassifier(classifier)
  checkPath(path, ACTION, 'model.safetensors')
  checkNames({}, options, ['format', 'onWarning'], ACTION)
  const format = formatFor(path, options.format)
  await writeWhole(path, compressedFor(path, writeClassifier(classifier, { ...options, format })))
}

/** The format that a file name stands for; undefined if its extension is none of a classifier's. Throws `usage`. */
export function classifierFormatOf(path: string): ClassifierFormat | undefined {
  checkPath(path, 'tell the format of a classifier', 'model.safetensors')
  const lower = withoutCompression(path).toLowerCase()
  return formatNames.find(name => lower.endsWith(`.${name}`))
}

function formatFor(path: string, given: ClassifierFormat | undefined): ClassifierFormat {
  if (given !== undefined) checkFormat(given)
  const format = given ?? classifierFormatOf(path)
  if (format) return format
  throw new WordloomError('usage', {
    action: `write ${path}`,
    found: 'its extension names no format of classifiers',
    expected: '.safetensors, .bin or .ftz',
    cure: say`give another name, or name the format in ${option('format')}`,
  })
}
