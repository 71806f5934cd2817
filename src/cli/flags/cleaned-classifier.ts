import { type Classifier, cleaningOptionTable, loadClassifier } from '../../classification/index.js'
import { chosen } from '../verb/flags.js'

/** A classifier from a file, with the cleaning that flags ask for. Throws what `loadClassifier` throws. */
export function openClassifier(path: string, flags: object): Promise<Classifier> {
  return loadClassifier(path, chosen(cleaningOptionTable, flags))
}
