import type { ClassifierParts } from '../classifier.js'
import type { Cleaning } from '../cleaning.js'
import { LABEL_PREFIX, labelNames } from './label-names.js'

/** Metadata that a file of fastText's tells as well. */
const KEPT = ['creator', 'options', 'corpus', 'quantization']

/** What fastText's files have no room for, a sentence each. */
export function lostInFastText(parts: ClassifierParts): string[] {
  const { settings, metadata = {} } = parts
  const { blanks } = labelNames(parts)
  const cleaning = cleaningText(settings.cleaning)
  const isKnown = metadata.creator === undefined || metadata.creator === 'fastText'
  const facts = Object.keys(metadata).filter(name => !KEPT.includes(name))
  return [
    cleaning !== '' &&
      `fastText has no room for the cleaning of texts (${cleaning}): clean texts before it reads them, and give loadClassifier the same options`,
    blanks > 0 &&
      `${blanks === 1 ? 'the blanks of 1 label are' : `the blanks of ${blanks.toLocaleString('en')} labels are`} _ in the file, since fastText parts words there`,
    settings.labelPrefix !== LABEL_PREFIX &&
      settings.labelPrefix !== '' &&
      `labels begin with ${LABEL_PREFIX} in the file, not with ${settings.labelPrefix}, since fastText takes no other from it`,
    (facts.length > 0 || !isKnown) &&
      'fastText has no room for how the classifier was made; .safetensors keeps it',
  ].filter(sentence => typeof sentence === 'string')
}

function cleaningText({ lowercase, punctuation }: Cleaning): string {
  return [
    ...(lowercase ? ['lower case'] : []),
    ...(punctuation === 'kept' ? [] : [`punctuation ${punctuation}`]),
  ].join(', ')
}
