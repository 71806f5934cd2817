import { WordloomError } from '../errors.js'
import { inChunks } from '../formats/inner.js'
import { checkNames, mustBe } from '../options/index.js'
import { Classifier, type ClassifierParts, partsOf } from './classifier.js'
import { classifierPieces } from './fasttext/classifier-writer.js'
import { lostInFastText } from './fasttext/lost.js'
import { CodedRows } from './rows.js'
import { storedClassifier } from './safetensors/writing.js'

/** How a classifier is kept: ours, or as fastText keeps one with rows of numbers, or of codes. */
export type ClassifierFormat = 'safetensors' | 'bin' | 'ftz'

export interface WriteClassifierOptions {
  /** Default 'safetensors', which keeps everything. */
  readonly format?: ClassifierFormat | undefined
  /** Told in a sentence what the format has no room for. */
  readonly onWarning?: ((sentence: string) => void) | undefined
}

export const ACTION = 'save the classifier'
export const formatNames: readonly ClassifierFormat[] = ['safetensors', 'bin', 'ftz']

/**
 * The bytes of the file that `saveClassifier` writes, not compressed, for whoever has no files: a page makes a Blob of them.
 * Throws `usage`, and `bad-data` for words and labels that the format cannot hold.
 */
export function writeClassifier(
  classifier: Classifier,
  options: WriteClassifierOptions = {},
): Iterable<Uint8Array<ArrayBuffer>> {
  checkClassifier(classifier)
  checkNames({}, options, ['format', 'onWarning'], ACTION)
  const { format = 'safetensors', onWarning } = options
  checkFormat(format)
  const parts = partsOf(classifier)
  checkRows(parts, format)
  if (format === 'safetensors') return storedClassifier(parts)
  for (const sentence of lostInFastText(parts)) onWarning?.(sentence)
  return inChunks(classifierPieces(parts))
}

/** Throws `usage` for anything else. */
export function checkClassifier(classifier: unknown): void {
  if (classifier instanceof Classifier) return
  throw new WordloomError('usage', {
    action: ACTION,
    found: `a value of type ${typeof classifier} is given`,
    expected: 'a Classifier',
  })
}

/** Throws `usage` for another format. */
export function checkFormat(format: ClassifierFormat): void {
  if (!formatNames.includes(format)) throw mustBe('format', format, 'one of safetensors, bin, ftz', ACTION)
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
