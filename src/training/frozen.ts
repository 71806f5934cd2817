import { WordloomError } from '../errors.js'
import type { Vocabulary } from '../text/index.js'
import { nearSpellings } from '../vectors/suggestions.js'
import type { Start } from './start.js'

/**
 * By word id, 1 for words whose input vectors are not to be moved; undefined where there is none. A word to be
 * frozen that the text lacks has no row here, and is passed over. Throws `unknown-word` for one that was given no
 * vector, since it would keep the one that chance gave it.
 */
export function frozenMarks(
  { vectors, frozen }: Start,
  vocabulary: Vocabulary,
  givenIds: Int32Array,
): Uint8Array | undefined {
  if (frozen === undefined) return undefined
  if (frozen === 'given') return Uint8Array.from(givenIds, given => Number(given >= 0))
  refuseUnknown(frozen, vectors.vocabulary)
  const marks = new Uint8Array(vocabulary.size)
  for (const word of frozen) {
    const id = vocabulary.idOf(word)
    if (id !== undefined) marks[id] = 1
  }
  return marks.includes(1) ? marks : undefined
}

function refuseUnknown(frozen: readonly string[], given: Vocabulary): void {
  const unknown = frozen.filter(word => given.idOf(word) === undefined)
  if (unknown.length === 0) return
  const others = unknown.length - 1
  const alike = others === 0 ? '' : ` (nor ${others === 1 ? 'has one other word' : `have ${others} others`})`
  const near = nearSpellings(given, unknown[0]!)
  const advice =
    near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'check its spelling, or leave it out'
  throw new WordloomError(
    'unknown-word',
    `"${unknown[0]}" is to be frozen and has no vector among those given${alike}; ${advice}`,
  )
}
