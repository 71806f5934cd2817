import { WordloomError, type Words } from '../errors.js'
import { kindOf } from '../options/index.js'

/** Throws `usage` for what are no word vectors, such as a promise of them. */
export function checkVectors(value: unknown, action: Words): void {
  if (typeof value === 'object' && value !== null && 'vocabulary' in value && 'dimensions' in value) return
  throw new WordloomError('usage', {
    action,
    found: `the vectors are ${kindOf(value)}`,
    expected: 'WordVectors',
    ...(value instanceof Promise ? { cure: 'await them' } : { cure: 'open a file with await load(path)' }),
  })
}
