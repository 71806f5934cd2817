import { checkPath, decompressed, sourceOf } from '../formats/inner.js'
import type { ByteSource } from '../tensors/index.js'
import { Classifier } from './classifier.js'
import { takeClassifier } from './fasttext/classifier-file.js'

/**
 * A classifier of fastText's from a file, .bin or .ftz, gzip or Zstandard outside it or not; '-' is standard input. Throws
 * `no-input`, `bad-data` (with the place) and `usage`.
 */
export async function loadClassifier(path: string): Promise<Classifier> {
  checkPath(path, 'load a classifier', 'model.ftz')
  return readClassifier(await sourceOf(path, {}))
}

/** `loadClassifier` from any stream of bytes, compressed or not. */
export async function readClassifier(source: ByteSource): Promise<Classifier> {
  const reader = await decompressed(source)
  try {
    return new Classifier(await takeClassifier(reader))
  } finally {
    await reader.close()
  }
}
