import { option, say, WordloomError } from '../../errors.js'
import { fits } from '../../options/index.js'
import { optionTable } from '../options/option-table.js'
import type { OptionName, TrainingOptions } from '../options/options.js'
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

/** Of the vectors themselves, not of how they came about, or too long to be kept for each run. */
const NOT_HISTORY = ['format', 'history', 'leftOutWords']

/**
 * The options given, completed from the vectors to start from: vectors give their dimensions, a model to continue
 * gives all options that belong to the model. Throws `usage` for a model whose tokenizer was a function that no file
 * holds.
 */
export function withInherited(
  given: Partial<TrainingOptions>,
  start: Start | undefined,
): Partial<TrainingOptions> {
  if (start === undefined) return given
  const inherited: Record<string, unknown> = { dimensions: start.vectors.dimensions }
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

/** How a model began that was not learned from chance, as its file has it. */
export function lineageOf(start: Start, facts: StartFacts): Record<string, string> {
  const history = historyOf(start)
  return {
    start: JSON.stringify(facts),
    ...(history.length > 0 && { history: JSON.stringify(history) }),
  }
}

/** The runs before this one, first one first, each with what its file said: corpus, options, loss. */
function historyOf({ vectors: { metadata } }: Start): unknown[] {
  const before = parsed(metadata.history)
  const last = Object.entries(metadata).filter(([key]) => !NOT_HISTORY.includes(key))
  return [
    ...(Array.isArray(before) ? before : []),
    ...(last.length > 0 ? [Object.fromEntries(last.map(([key, value]) => [key, parsed(value)]))] : []),
  ]
}

function recordedOptions({ vectors, model }: Start): Record<string, unknown> {
  const recorded = model?.options ?? parsed(vectors.metadata.options)
  return typeof recorded === 'object' && recorded !== null ? { ...recorded } : {}
}

/** A file may say anything. */
function isAllowed(name: OptionName, value: unknown): boolean {
  return value !== undefined && fits(optionTable[name], value)
}

/** JSON as its value, other text as it is. */
function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return text
  }
}
