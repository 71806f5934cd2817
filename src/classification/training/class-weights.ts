import { option, say, WordloomError } from '../../errors.js'
import type { Vocabulary } from '../../text/index.js'
import type { Lists } from './labelled-corpus.js'
import { ACTION } from './layout.js'
import type { ClassifierOptions } from './options.js'

/**
 * By label, the factor of the learning rate of its lines: with `balanced`, N / (labels · count), so that the lines of each
 * label weigh alike together; and the weights that are given. Throws `usage` for labels that no line has.
 */
export function weightsOf(
  { labels, marks }: { readonly labels: Vocabulary; readonly marks: Lists },
  { classWeights, labelWeights = [] }: Pick<ClassifierOptions, 'classWeights' | 'labelWeights'>,
  labelPrefix: string,
): Float64Array {
  const weights = new Float64Array(labels.size).fill(1)
  if (classWeights === 'balanced') balance(weights, marks)
  for (const given of labelWeights) {
    const { label, weight } = weightIn(given)
    const id = labels.idOf(labelPrefix + label)
    if (id === undefined) throw unknownLabel(label, labels, labelPrefix)
    weights[id] = weight
  }
  return weights
}

function balance(weights: Float64Array, { ends, numbers }: Lists): void {
  const counts = new Float64Array(weights.length)
  const total = ends.at(-1) ?? 0
  for (let i = 0; i < total; i++) counts[numbers[i]!]!++
  const met = counts.filter(count => count > 0).length
  counts.forEach((count, label) => {
    if (count > 0) weights[label] = total / (met * count)
  })
}

function weightIn(given: string): { label: string; weight: number } {
  const at = given.lastIndexOf('=')
  const digits = given.slice(at + 1)
  const weight = /^\d*\.?\d+(e-?\d+)?$/i.test(digits) ? Number(digits) : Number.NaN
  if (at > 0 && weight >= 0 && weight <= 1e6) return { label: given.slice(0, at), weight }
  throw new WordloomError('usage', {
    action: ACTION,
    found: say`${option('labelWeights')} has "${given}"`,
    expected: 'label=number, with a number from 0 to 1,000,000',
  })
}

function unknownLabel(label: string, labels: Vocabulary, prefix: string): WordloomError {
  const some = Array.from({ length: Math.min(5, labels.size) }, (_, id) =>
    labels.word(id).slice(prefix.length),
  )
  return new WordloomError('usage', {
    action: ACTION,
    found: say`${option('labelWeights')} names "${label}", and no line has that label`,
    expected: `labels of the lines, such as ${some.join(', ')}`,
  })
}
