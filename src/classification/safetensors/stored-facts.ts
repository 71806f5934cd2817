import { checkGiven } from '../../options/index.js'
import type { ByteReader } from '../../tensors/index.js'
import { checkSubwordSettings, LONGEST_NGRAM } from '../../text/inner.js'
import { parsedFact } from '../../vectors/inner.js'
import type { BagSettings } from '../bag-rows.js'
import type { ClassifierLoss } from '../classifier.js'
import { cleaningOptionTable, UNCLEANED } from '../cleaning.js'

/** What the metadata `classifier` of a file tells. */
export interface StoredFacts {
  readonly loss: ClassifierLoss
  readonly settings: BagSettings
  /** Columns of a part of rows that are codes. */
  readonly widths: { readonly input?: number; readonly output?: number }
}

const losses: readonly unknown[] = [
  'softmax',
  'hierarchical-softmax',
  'negative-sampling',
  'one-vs-all',
] satisfies ClassifierLoss[]

/** Settings that are not known here are kept as they are. Throws `bad-data` for what cannot be. */
export function storedFacts(reader: ByteReader, text: string | undefined): StoredFacts {
  const unsound = (what: string) =>
    reader.error({
      place: { part: 'metadata "classifier"' },
      found: `${what} is unsound`,
      cure: 'fetch or make the file again',
    })
  const facts = parsedFact(text)
  if (!isRecord(facts)) throw unsound('it')
  const { loss, settings, widths = {} } = facts
  if (!losses.includes(loss)) throw unsound('the loss')
  if (!isRecord(settings) || !areSettings(settings)) throw unsound('a setting')
  if (!isRecord(widths) || !Object.values(widths).every(width => isCount(width, 1, 2 ** 31)))
    throw unsound('a width')
  const cleaning = { ...UNCLEANED, ...(settings.cleaning as object) }
  const subwords = settings.subwords ?? undefined
  return { loss, settings: { ...settings, subwords, cleaning }, widths } as unknown as StoredFacts
}

function areSettings({
  wordNgrams,
  buckets,
  subwords,
  labelPrefix,
  cleaning,
}: Record<string, unknown>): boolean {
  return (
    isCount(wordNgrams, 1, LONGEST_NGRAM) &&
    isCount(buckets, 0, 2 ** 31 - 1) &&
    typeof labelPrefix === 'string' &&
    (cleaning === undefined ||
      (isRecord(cleaning) && passes(() => checkGiven(cleaningOptionTable, cleaning)))) &&
    (subwords === undefined ||
      subwords === null ||
      (isRecord(subwords) &&
        subwords.buckets === buckets &&
        passes(() => checkSubwordSettings(subwords as never))))
  )
}

function passes(check: () => void): boolean {
  try {
    check()
    return true
  } catch {
    return false
  }
}

function isCount(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
