import type { WordVectors } from '../../vectors/index.js'
import { type FastTextHeader, type FastTextLoss, type FastTextModel, losses, models } from './header.js'

/** What fastText does if not told otherwise, for vectors that do not tell how they were made. */
const defaults = { window: 5, epochs: 5, minCount: 5, negativeSamples: 5, subsampling: 1e-4, updateRate: 100 }

/** fastText's settings as our training writes its own. */
export function metadataOf(header: FastTextHeader, tokens: number): Record<string, string> {
  const { version: _, model, loss, wordNgrams: __, updateRate: ___, ...options } = header
  return {
    creator: 'fastText',
    architecture: model,
    objective: loss,
    options: JSON.stringify(options),
    corpus: JSON.stringify({ tokens }),
  }
}

/** The settings that a file of these vectors begins with: what their metadata tell, fastText's defaults for the rest. */
export function settingsOf({ metadata, dimensions, subwords }: WordVectors): Omit<FastTextHeader, 'version'> {
  const options = objectIn(metadata.options)
  const number = (name: keyof typeof defaults) => wholeOrDefault(name, options[name])
  const { minNgram = 0, maxNgram = 0, buckets = 0 } = subwords?.settings ?? {}
  const [loss, model] = [metadata.objective, metadata.architecture]
  return {
    dimensions,
    window: number('window'),
    epochs: number('epochs'),
    minCount: number('minCount'),
    negativeSamples: number('negativeSamples'),
    wordNgrams: 1,
    loss: loss !== undefined && Object.hasOwn(losses, loss) ? (loss as FastTextLoss) : 'negative-sampling',
    model: isWordModel(model) ? model : 'skip-gram',
    buckets,
    minNgram,
    maxNgram,
    updateRate: defaults.updateRate,
    subsampling: number('subsampling'),
  }
}

/** Tokens of the text that the vectors were learned from; 0 if nobody knows. */
export function tokensOf({ metadata }: WordVectors): number {
  const { tokens } = objectIn(metadata.corpus)
  return typeof tokens === 'number' && Number.isSafeInteger(tokens) && tokens >= 0 ? tokens : 0
}

/** A classifier's labels are not kept, so that its vectors are written as those of words. */
function isWordModel(model: string | undefined): model is FastTextModel {
  return model !== undefined && Object.hasOwn(models, model) && model !== 'supervised'
}

function wholeOrDefault(name: keyof typeof defaults, value: unknown): number {
  const fits = typeof value === 'number' && value >= 0 && value < 2 ** 31
  const isFraction = name === 'subsampling'
  return fits && (isFraction || Number.isInteger(value)) ? value : defaults[name]
}

/** Metadata come from files of others, too. */
function objectIn(text: string | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
