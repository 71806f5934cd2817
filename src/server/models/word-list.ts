import type { Vocabulary } from '../../text/index.js'
import { breath } from './breath.js'
import type { Asker } from './scans.js'

/** Words that are looked at between two turns of others: 1 ms of work. */
const AT_ONCE = 20_000

const encoder = new TextEncoder()

/** The words of a vocabulary by how they begin. */
export class WordList {
  readonly #vocabulary: Vocabulary

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary
  }

  /** Ids of the first words of the vocabulary, which are its most frequent ones, that begin so in any case. */
  async complete(prefix: string, count: number, { who, signal }: Asker): Promise<number[]> {
    const begins = beginning(prefix)
    const found: number[] = []
    for (let id = 0; id < this.#vocabulary.size; id++) {
      if (id % AT_ONCE === AT_ONCE - 1) {
        await breath(who)
        signal?.throwIfAborted()
      }
      if (begins(this.#vocabulary, id) && found.push(id) === count) break
    }
    return found
  }
}

type Begins = (vocabulary: Vocabulary, id: number) => boolean

function beginning(prefix: string): Begins {
  const folded = prefix.toLowerCase()
  const bytes = encoder.encode(folded)
  if (bytes.every(byte => byte < 0x80)) return (vocabulary, id) => startsWith(vocabulary.bytes(id), bytes)
  const heads = new Set([prefix, folded, prefix.toUpperCase()].map(text => encoder.encode(text)[0]!))
  return (vocabulary, id) =>
    heads.has(vocabulary.bytes(id)[0]!) && vocabulary.word(id).toLowerCase().startsWith(folded)
}

/** Whether a word begins with these lower-case letters of ASCII, whatever its own case. */
function startsWith(word: Uint8Array, folded: Uint8Array): boolean {
  if (word.length < folded.length) return false
  for (let i = 0; i < folded.length; i++) {
    const byte = word[i]!
    if ((byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte) !== folded[i]) return false
  }
  return true
}
