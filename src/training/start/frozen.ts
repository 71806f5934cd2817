import { WordloomError } from '../../errors.js'
import type { Vocabulary } from '../../text/index.js'
import { nearSpellings } from '../../vectors/inner.js'

/** Words whose input vectors stay as they are given, or 'given': all that are given. */
export type FrozenWords = readonly string[] | 'given'

/**
 * By word id, 1 for words whose input vectors are not to be moved; undefined if there is none. A word to be
 * frozen that the text lacks has no row here, and is passed over.
 */
export function frozenMarks(
  frozen: FrozenWords | undefined,
  vocabulary: Vocabulary,
  givenIds: Int32Array,
): Uint8Array | undefined {
  if (frozen === undefined) return undefined
  if (frozen === 'given') return Uint8Array.from(givenIds, given => Number(given >= 0))
  const marks = new Uint8Array(vocabulary.size)
  for (const word of frozen) {
    const id = vocabulary.idOf(word)
    if (id !== undefined) marks[id] = 1
  }
  return marks.includes(1) ? marks : undefined
}

/** Throws `unknown-word` for a word to be frozen without a given vector: it would keep a random one. */
export function checkFrozen(frozen: readonly string[], given: Vocabulary): void {
  const unknown = frozen.filter(word => given.idOf(word) === undefined)
  if (unknown.length === 0) return
  const [first, ...others] = unknown
  const near = nearSpellings(given, first!)
  throw new WordloomError('unknown-word', {
    action: `freeze "${first}"${others.length === 0 ? '' : ` and ${others.length.toLocaleString('en')} more`}`,
    found: `${others.length === 0 ? 'it has' : 'they have'} no vector among those given`,
    cure: near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'check the spelling, or leave it out',
  })
}
