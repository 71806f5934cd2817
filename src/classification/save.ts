import { option, say, WordloomError } from '../errors.js'
import { compressedFor, writeWhole } from '../files/index.js'
import { checkPath, inChunks, withoutCompression } from '../formats/inner.js'
import { checkNames, mustBe } from '../options/index.js'
import { Classifier, type ClassifierParts, partsOf } from './classifier.js'
import { classifierPieces } from './fasttext/classifier-writer.js'
import { lostInFastText } from './fasttext/lost.js'
import { CodedRows } from './rows.js'
import { writeClassifier } from './safetensors/writing.js'

/** How a classifier is kept: ours, or as fastText keeps one with rows of numbers, or of codes. */
export type ClassifierFormat = 'safetensors' | 'bin' | 'ftz'

export interface SaveClassifierOptions {
  /** Which format to write; told by the extension if not given. */
  readonly format?: ClassifierFormat | undefined
  /** Told in a sentence what the format has no room for. */
  readonly onWarning?: ((sentence: string) => void) | undefined
}

const ACTION = 'save the classifier'
const formatNames: readonly ClassifierFormat[] = ['safetensors', 'bin', 'ftz']

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
  if (!(classifier instanceof Classifier))
    throw new WordloomError('usage', {
      action: ACTION,
      found: `a value of type ${typeof classifier} is given`,
      expected: 'a Classifier',
    })
  checkPath(path, ACTION, 'model.safetensors')
  checkNames({}, options, ['format', 'onWarning'], ACTION)
  const parts = partsOf(classifier)
  const format = formatFor(path, options.format)
  checkRows(parts, format)
  if (format !== 'safetensors') for (const sentence of lostInFastText(parts)) options.onWarning?.(sentence)
  const chunks = format === 'safetensors' ? writeClassifier(parts) : inChunks(classifierPieces(parts))
  await writeWhole(path, compressedFor(path, chunks))
}

/** The format that a file name stands for; undefined if its extension is none of a classifier's. Throws `usage`. */
export function classifierFormatOf(path: string): ClassifierFormat | undefined {
  checkPath(path, 'tell the format of a classifier', 'model.safetensors')
  checkPath(path, 'tell the format of a classifier', 'model.safetensors')
  const lower = withoutCompression(path).toLowerCase()
  return formatNames.find(name => lower.endsWith(`.${name}`))
}

function formatFor(path: string, given: ClassifierFormat | undefined): ClassifierFormat {
  const expected = 'one of safetensors, bin, ftz'
  if (given !== undefined && !formatNames.includes(given)) throw mustBe('format', given, expected, ACTION)
  const format = given ?? classifierFormatOf(path)
  if (format) return format
  throw new WordloomError('usage', {
    action: `write ${path}`,
    found: 'its extension names no format of classifiers',
    expected: '.safetensors, .bin or .ftz',
    cure: say`give another name, or name the format in ${option('format')}`,
  })
}

function checkRows({ input }: ClassifierParts, format: ClassifierFormat): void {
  const isCoded = input instanceof CodedRows
  if (format === 'safetensors' || isCoded === (format === 'ftz')) return
  throw new WordloomError('usage', {
    action: `save the classifier as .${format}`,
    found: isCoded ? 'its rows are codes, and what was rounded is lost' : 'its rows are no codes',
    expected: isCoded ? '.ftz or .safetensors' : '.bin or .safetensors',
    cure: isCoded
      ? 'save the classifier from which it was made'
      : 'make codes of them with quantizeClassifier',
  })
}
