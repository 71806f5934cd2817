import { WordloomError } from '../errors.js'

const WORDS = 624
const SHIFT = 397

/** A generator's memory: its 624 words, then how many of them have been given out. */
export type TwisterState = Uint32Array

/** MT19937 (Matsumoto and Nishimura 1998), the generator beneath Python's `random` and NumPy's legacy `random`. */
export class MersenneTwister {
  private readonly words = new Uint32Array(WORDS)
  private given = WORDS

  /** Seeds as NumPy's `seed(n)` does: the published `init_genrand`. */
  static fromNumber(seed: number): MersenneTwister {
    const twister = new MersenneTwister()
    twister.fill(seed)
    return twister
  }

  /** Seeds as Python's `seed(n)` does, with `[n]` as the key: the published `init_by_array`. */
  static fromKey(key: readonly number[]): MersenneTwister {
    const twister = new MersenneTwister()
    twister.fill(19650218)
    twister.stir(key)
    return twister
  }

  /** The next 32 bits, as a whole number from 0 to 2³² − 1. */
  next(): number {
    if (this.given === WORDS) this.twist()
    let y = this.words[this.given++]
    y ^= y >>> 11
    y ^= (y << 7) & 0x9d2c5680
    y ^= (y << 15) & 0xefc60000
    return (y ^ (y >>> 18)) >>> 0
  }

  /** The next two draws as one of the 2⁵³ fractions from 0 to just below 1. */
  fraction(): number {
    const high = this.next() >>> 5
    return (high * 0x4000000 + (this.next() >>> 6)) / 0x20000000000000
  }

  /** A copy of all that decides the draws to come. */
  save(): TwisterState {
    return Uint32Array.of(...this.words, this.given)
  }

  /** Goes on from a saved state. Throws `bad-data` for what is none. */
  restore(state: TwisterState): void {
    if (state.length !== WORDS + 1 || state[WORDS] > WORDS)
      throw new WordloomError('bad-data', {
        found: `the state of the random generator has ${state.length} numbers`,
        expected: `${WORDS} words and a place among them`,
      })
    this.words.set(state.subarray(0, WORDS))
    this.given = state[WORDS]
  }

  private fill(seed: number): void {
    const { words } = this
    words[0] = seed
    for (let i = 1; i < WORDS; i++) words[i] = Math.imul(1812433253, mixed(words[i - 1])) + i
  }

  private stir(key: readonly number[]): void {
    const { words } = this
    let i = 1
    const advance = () => {
      if (++i < WORDS) return
      words[0] = words[WORDS - 1]
      i = 1
    }
    for (let k = 0; k < Math.max(WORDS, key.length); k++) {
      const j = k % key.length
      words[i] = (words[i] ^ Math.imul(mixed(words[i - 1]), 1664525)) + key[j] + j
      advance()
    }
    for (let k = 1; k < WORDS; k++) {
      words[i] = (words[i] ^ Math.imul(mixed(words[i - 1]), 1566083941)) - i
      advance()
    }
    words[0] = 0x80000000
  }

  private twist(): void {
    const { words } = this
    for (let i = 0; i < WORDS; i++) {
      const y = (words[i] & 0x80000000) | (words[(i + 1) % WORDS] & 0x7fffffff)
      words[i] = words[(i + SHIFT) % WORDS] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0)
    }
    this.given = 0
  }
}

function mixed(word: number): number {
  return word ^ (word >>> 30)
}
