import type { FastTextHeader } from '../../formats/inner.js'
import { parsedFact } from '../../vectors/inner.js'
import type { ClassifierParts } from '../classifier.js'

/** What fastText's classifiers are trained with if not told otherwise, for those that do not tell how they were. */
const defaults = {
  window: 5,
  epochs: 5,
  minCount: 1,
  negativeSamples: 5,
  updateRate: 100,
  subsampling: 1e-4,
}

/** fastText's settings as our training writes its own. */
export function metadataOf(header: FastTextHeader, tokens: number): Record<string, string> {
  const names = Object.keys(defaults) as (keyof typeof defaults)[]
  return {
    creator: 'fastText',
    options: JSON.stringify(Object.fromEntries(names.map(name => [name, header[name]]))),
    corpus: JSON.stringify({ tokens }),
  }
}

/** What a file of this classifier begins with: what its metadata tell, fastText's defaults for the rest. */
export function headerOf({
  settings,
  loss,
  input,
  metadata,
}: ClassifierParts): Omit<FastTextHeader, 'version'> {
  const options = recordIn(metadata?.options)
  const number = (name: keyof typeof defaults) => soundOrDefault(name, options[name])
  const { minNgram = 0, maxNgram = 0 } = settings.subwords ?? {}
  return {
    dimensions: input.columns,
    window: number('window'),
    epochs: number('epochs'),
    minCount: number('minCount'),
    negativeSamples: number('negativeSamples'),
    wordNgrams: settings.wordNgrams,
    loss,
    model: 'supervised',
    buckets: settings.buckets,
    minNgram,
    maxNgram,
    updateRate: number('updateRate'),
    subsampling: number('subsampling'),
  }
}

/** Tokens of the text that it was trained on, at least those that were counted. */
export function tokensOf({ words, labels, metadata }: ClassifierParts): number {
  const { tokens } = recordIn(metadata?.corpus)
  const counted = words.tokens + labels.tokens
  return typeof tokens === 'number' && Number.isSafeInteger(tokens) && tokens >= 0 ? tokens : counted
}

function soundOrDefault(name: keyof typeof defaults, value: unknown): number {
  const fits = typeof value === 'number' && value >= 0 && value < 2 ** 31
  return fits && (name === 'subsampling' || Number.isInteger(value)) ? value : defaults[name]
}

function recordIn(text: string | undefined): Record<string, unknown> {
  const value = parsedFact(text)
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
