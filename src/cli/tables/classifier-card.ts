import {
  type Classifier,
  type ClassifierDescription,
  describeClassifier,
} from '../../classification/index.js'
import { parsedFact } from '../../vectors/inner.js'
import { counted, grouped, megabytes } from '../terminal/figures.js'

/** What info says of a classifier. */
export interface ClassifierCard extends Omit<ClassifierDescription, 'labels' | 'characters' | 'codes'> {
  readonly kind: 'classifier'
  readonly bytes: number | null
  readonly labels: readonly { readonly label: string; readonly count: number }[]
  readonly characters: { readonly shortest: number; readonly longest: number } | null
  readonly codes: ClassifierDescription['codes'] | null
  readonly metadata: Readonly<Record<string, unknown>>
}

/** Labels that are shown in a line. */
const SHOWN = 8

export function classifierCard(classifier: Classifier, bytes: number | undefined): ClassifierCard {
  const { characters, codes, ...rest } = describeClassifier(classifier)
  const { labels, labelCounts, metadata } = classifier
  return {
    kind: 'classifier',
    bytes: bytes ?? null,
    ...rest,
    characters: characters ?? null,
    codes: codes ?? null,
    labels: labels.map((label, i) => ({ label, count: labelCounts[i]! })),
    metadata: Object.fromEntries(Object.entries(metadata).map(([name, text]) => [name, parsedFact(text)])),
  }
}

/** A name and a value for each line. */
export function classifierLines(card: ClassifierCard): [string, unknown][] {
  const { labels, characters, codes, cleaning, buckets, bucketRows } = card
  const shown = labels.slice(0, SHOWN).map(({ label, count }) => `${label} (${grouped(count)})`)
  return [
    ['kind', 'classifier of texts'],
    ['size', card.bytes === null ? 'not known' : megabytes(card.bytes)],
    ['labels', grouped(labels.length)],
    ['most frequent', shown.join(', ') + (labels.length > SHOWN ? ', …' : '')],
    ['loss', card.loss],
    ['words', grouped(card.words)],
    ['dimensions', grouped(card.dimensions)],
    ['n-grams of words', card.wordNgrams > 1 ? `up to ${card.wordNgrams} words` : 'none'],
    ['n-grams of characters', characters ? `${characters.shortest} to ${characters.longest}` : 'none'],
    ['buckets', buckets === 0 ? 'none' : `${grouped(bucketRows)} of ${grouped(buckets)} have rows`],
    ['rows', codes ? codeText(codes) : 'float32'],
    ['cleaning', `${cleaning.lowercase ? 'lower case' : 'case kept'}, punctuation ${cleaning.punctuation}`],
  ]
}

function codeText({ subvectorSize, norms, outputs }: NonNullable<ClassifierCard['codes']>): string {
  const parts = [...(norms ? ['lengths, too'] : []), ...(outputs ? ['labels, too'] : [])]
  return [`a code for ${counted(subvectorSize, 'number')}`, ...parts].join('; ')
}
