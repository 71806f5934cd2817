type Numbers = Uint8Array | Uint32Array | Float64Array

/** An array of numbers that grows. */
export class Growing<T extends Numbers> {
  length = 0
  #numbers: T

  constructor(numbers: T) {
    this.#numbers = numbers
  }

  push(number: number): void {
    if (this.length === this.#numbers.length) {
      const larger = new (this.#numbers.constructor as new (length: number) => T)(2 * this.length)
      larger.set(this.#numbers)
      this.#numbers = larger
    }
    this.#numbers[this.length++] = number
  }

  /** A view, good until the next push. */
  get array(): T {
    return this.#numbers.subarray(0, this.length) as T
  }
}
