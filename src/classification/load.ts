import { checkPath, decompressed, sourceOf } from '../formats/inner.js'
import { checkGiven, checkNames } from '../options/index.js'
import type { ByteSource } from '../tensors/index.js'
import { Classifier, type ClassifierParts } from './classifier.js'
import { type Cleaning, cleaningOptionTable } from './cleaning.js'
import { takeClassifier } from './fasttext/classifier-file.js'

/** What is done to texts before their words are looked up, if it is not what the file says. */
export interface LoadClassifierOptions {
  readonly lowercase?: Cleaning['lowercase'] | undefined
  readonly punctuation?: Cleaning['punctuation'] | undefined
}

/**
 * A classifier of fastText's from a file, .bin or .ftz, gzip or Zstandard outside it or not; '-' is standard input. Throws
 * `no-input`, `bad-data` (with the place) and `usage`.
 */
export async function loadClassifier(path: string, options: LoadClassifierOptions = {}): Promise<Classifier> {
  checkPath(path, ACTION, 'model.ftz')
  checkOptions(options)
  return readClassifier(await sourceOf(path, {}), options)
}

/** `loadClassifier` from any stream of bytes, compressed or not. */
export async function readClassifier(
  source: ByteSource,
  options: LoadClassifierOptions = {},
): Promise<Classifier> {
  checkOptions(options)
  const reader = await decompressed(source)
  try {
    const parts = await takeClassifier(reader)
    return new Classifier({ ...parts, settings: { ...parts.settings, cleaning: cleaningOf(parts, options) } })
  } finally {
    await reader.close()
  }
}

const ACTION = 'load a classifier'

function checkOptions(options: LoadClassifierOptions): void {
  checkNames(cleaningOptionTable, options, [], ACTION)
  checkGiven(cleaningOptionTable, options, ACTION)
}

function cleaningOf({ settings }: ClassifierParts, options: LoadClassifierOptions): Cleaning {
  const { cleaning } = settings
  return {
    lowercase: options.lowercase ?? cleaning.lowercase,
    punctuation: options.punctuation ?? cleaning.punctuation,
  }
}
