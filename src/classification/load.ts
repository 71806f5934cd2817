import { WordloomError } from '../errors.js'
import { checkPath, decompressed, looksLikeFastText, sourceOf, takeHeader } from '../formats/inner.js'
import { checkGiven, checkNames } from '../options/index.js'
import {
  type ByteReader,
  type ByteSource,
  beginsHeader,
  takeHeader as takeTensorHeader,
} from '../tensors/index.js'
import { Classifier, type ClassifierParts } from './classifier.js'
import { type Cleaning, cleaningOptionTable } from './cleaning.js'
import { takeClassifier } from './fasttext/classifier-file.js'
import { isStoredClassifier } from './safetensors/classifier-format.js'

/** What is done to texts before their words are looked up, if it is not what the file says. */
export interface LoadClassifierOptions {
  readonly lowercase?: Cleaning['lowercase'] | undefined
  readonly punctuation?: Cleaning['punctuation'] | undefined
}

/**
 * A classifier from a file, fastText's .bin or .ftz or our own .safetensors, gzip or Zstandard outside it or not; '-' is
 * standard input. Throws
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
    const parts = await takeParts(reader)
    return new Classifier({ ...parts, settings: { ...parts.settings, cleaning: cleaningOf(parts, options) } })
  } catch (error) {
    throw error instanceof RangeError ? tooLarge(reader, error) : error
  } finally {
    await reader.close()
  }
}

/**
 * Whether the file is a classifier, by what it begins with; false as well for what cannot be read. A file of fastText's
 * word vectors is none.
 */
export async function isClassifierFile(path: string): Promise<boolean> {
  checkPath(path, 'look at a file', 'model.ftz')
  if (path === '-') return false
  try {
    const reader = await decompressed(await sourceOf(path, {}))
    try {
      return await beginsAsClassifier(reader)
    } finally {
      await reader.close()
    }
  } catch (error) {
    if (error instanceof WordloomError) return false
    throw error
  }
}

async function beginsAsClassifier(reader: ByteReader): Promise<boolean> {
  await reader.fill(1 << 10)
  const head = reader.bytes.subarray(reader.position)
  if (beginsHeader(head)) return isStoredClassifier((await takeTensorHeader(reader)).metadata)
  return looksLikeFastText(head) && (await takeHeader(reader)).model === 'supervised'
}

/** Of our own format, or of fastText's. */
async function takeParts(reader: ByteReader): Promise<ClassifierParts> {
  await reader.fill(9)
  if (!beginsHeader(reader.bytes.subarray(reader.position))) return takeClassifier(reader)
  const { takeStoredClassifier } = await import('./safetensors/reading.js') // a page with a .ftz loads it not
  return takeStoredClassifier(reader)
}

function tooLarge({ name }: ByteReader, cause: RangeError): WordloomError {
  return new WordloomError(
    'too-large',
    { place: { file: name }, found: 'there is not enough memory for what the file announces' },
    { cause },
  )
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
