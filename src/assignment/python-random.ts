import { MersenneTwister, type TwisterState } from './mersenne-twister.js'

/** Which Python: they differ in `randint` alone. */
export type PythonVersion = 2 | 3

/** Python's `random`, bit for bit: the draws of `random.seed(seed)` for a whole number from 0 to 2³² − 1. */
export class PythonRandom {
  private readonly twister: MersenneTwister
  private readonly version: PythonVersion

  constructor(seed: number, version: PythonVersion = 3) {
    this.twister = MersenneTwister.fromKey([seed])
    this.version = version
  }

  /** `random.random()`: from 0 to just below 1. */
  random(): number {
    return this.twister.fraction()
  }

  /** `random.randint(low, high)`: a whole number, both ends included. The range may hold fewer than 2³² numbers. */
  randint(low: number, high: number): number {
    const count = high - low + 1
    if (this.version === 2) return low + Math.floor(this.random() * count)
    return low + this.below(count)
  }

  /** `random.getstate()`. */
  save(): TwisterState {
    return this.twister.save()
  }

  /** `random.setstate(state)`. */
  restore(state: TwisterState): void {
    this.twister.restore(state)
  }

  /** As many high bits as `count` has digits, until they are below it. */
  private below(count: number): number {
    const unused = Math.clz32(count)
    let draw = this.twister.next() >>> unused
    while (draw >= count) draw = this.twister.next() >>> unused
    return draw
  }
}
