import { option, say, WordloomError } from '../../errors.js'
import { fits } from '../../options/index.js'
import { historyOf, parsedFact } from '../../vectors/inner.js'
import { optionTable } from '../options/option-table.js'
import type { OptionName, TrainingOptions } from '../options/options.js'
import { toldOptions } from '../options/told-options.js'
import type { StartFacts } from '../start-facts.js'
import type { Start } from './start.js'

/** Options that say what a model is, and hold when it is continued; the others say how one run of training goes. */
const OF_THE_MODEL = [
  'dimensions',
  'architecture',
  'objective',
  'bag',
  'bagGradient',
  'window',
  'negativeSamples',
  'noiseExponent',
  'subsampling',
  'minCount',
  'tokenizer',
] as const satisfies readonly OptionName[]

/**
 * The options given, completed from the vectors to start from: vectors give their dimensions, a model to continue
 * gives all options that belong to the model; where words have sub-words, these are as in the vectors. Throws `usage` for a model whose tokenizer was a function that no file
 * holds.
 */
export function withInherited(
  given: Partial<TrainingOptions>,
  start: Start | undefined,
): Partial<TrainingOptions> {
  if (start === undefined) return given
  const inherited: Record<string, unknown> = {
    dimensions: start.vectors.dimensions,
    ...subwordsOf(given, start),
  }
  const recorded = start.continues ? recordedOptions(start) : {}
  for (const name of OF_THE_MODEL) if (isAllowed(name, recorded[name])) inherited[name] ??= recorded[name]
  if (recorded.tokenizer === 'custom' && given.tokenizer === undefined)
    throw new WordloomError('usage', {
      action: 'train',
      found: say`the model to ${option('continue')} was trained with a tokenizer of its own, which its file does not hold`,
      cure: say`give ${option('tokenizer')}, so that words are cut alike`,
    })
  const chosen = Object.entries(given).filter(([, value]) => value !== undefined)
  return { ...inherited, ...Object.fromEntries(chosen) }
}

/** A model goes on with its sub-words; where others start from vectors with sub-words, n-grams and buckets are theirs. */
function subwordsOf(
  { subwords }: Partial<TrainingOptions>,
  { continues, vectors }: Start,
): Partial<TrainingOptions> {
  if (!vectors.subwords || !(subwords ?? continues)) return {}
  return { subwords: true, ...vectors.subwords.settings }
}

/** How a model began that was not learned from chance, as its file has it. */
export function lineageOf(start: Start, facts: StartFacts): Record<string, string> {
  const history = historyOf(start.vectors.metadata)
  return {
    start: JSON.stringify(facts),
    ...(history.length > 0 && { history: JSON.stringify(history) }),
  }
}

/** Throws `bad-data` for what no training recorded. */
function recordedOptions({ vectors, model }: Start): Record<string, unknown> {
  if (model === undefined) toldOptions(vectors.metadata, say`go on with the model to ${option('continue')}`)
  const recorded = model?.options ?? parsedFact(vectors.metadata.options)
  return typeof recorded === 'object' && recorded !== null ? { ...recorded } : {}
}

/** A file may say anything. */
function isAllowed(name: OptionName, value: unknown): boolean {
  return value !== undefined && fits(optionTable[name], value)
}
