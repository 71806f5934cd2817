import { MersenneTwister } from './mersenne-twister.js'

/** NumPy's legacy `numpy.random` after `seed(seed)`, bit for bit but for the last bit of a logarithm in `randn`. */
export class NumpyRandom {
  private readonly twister: MersenneTwister
  private spareNormal: number | undefined

  constructor(seed: number) {
    this.twister = MersenneTwister.fromNumber(seed)
  }

  /** `rand(count)`, which is `random_sample(count)`: numbers from 0 to just below 1. */
  rand(count: number): Float64Array {
    return Float64Array.from({ length: count }, () => this.twister.fraction())
  }

  /** `randn(count)`: numbers of the standard normal distribution. */
  randn(count: number): Float64Array {
    return Float64Array.from({ length: count }, () => this.normal())
  }

  /** Polar Box–Muller, which makes two numbers at a time: the second first, and the first on the next call. */
  private normal(): number {
    if (this.spareNormal !== undefined) {
      const spare = this.spareNormal
      this.spareNormal = undefined
      return spare
    }
    const { x, y, square } = this.pointInDisc()
    const factor = Math.sqrt((-2 * Math.log(square)) / square)
    this.spareNormal = factor * x
    return factor * y
  }

  private pointInDisc(): { x: number; y: number; square: number } {
    for (;;) {
      const x = 2 * this.twister.fraction() - 1
      const y = 2 * this.twister.fraction() - 1
      const square = x * x + y * y
      if (square < 1 && square !== 0) return { x, y, square }
    }
  }
}
