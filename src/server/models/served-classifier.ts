import type { Classifier } from '../../classification/index.js'
import { WordloomError } from '../../errors.js'

/** A classifier as it is to be served. */
export interface ClassifierToServe {
  /** What requests call it. */
  readonly name: string
  readonly classifier: Classifier
  /** When it was made, in seconds since 1970; now, if not given. */
  readonly created?: number | undefined
  /** What tells it from others of the same name, such as a digest of its file. */
  readonly digest?: string | undefined
}

/** A classifier that answers. */
export class ServedClassifier {
  readonly name: string
  readonly classifier: Classifier
  readonly created: number
  readonly digest: string | undefined

  /** Throws `usage` for what is no classifier. */
  constructor({ name, classifier, created, digest }: ClassifierToServe) {
    if (typeof classifier?.predict !== 'function')
      throw new WordloomError('usage', {
        action: 'serve',
        found: `the classifier ${name} is none`,
        expected: 'what loadClassifier gives, once it is awaited',
      })
    this.name = name
    this.classifier = classifier
    this.created = created ?? Math.floor(Date.now() / 1000)
    this.digest = digest
  }
}
