/** A way from 0 to 1 over some frames, slower towards its end; at once where people want their pages calm. */
export class Glide {
  #frame = 0
  #isOn = false

  get isOn(): boolean {
    return this.#isOn
  }

  start(ms: number, go: (part: number) => void): void {
    this.stop()
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      go(1)
      return
    }
    const start = performance.now()
    const step = (now: number) => {
      const time = Math.min(1, Math.max(0, now - start) / ms)
      this.#isOn = time < 1
      if (this.#isOn) this.#frame = requestAnimationFrame(step)
      go(eased(time))
    }
    this.#isOn = true
    this.#frame = requestAnimationFrame(step)
  }

  stop(): void {
    cancelAnimationFrame(this.#frame)
    this.#isOn = false
  }
}

function eased(part: number): number {
  return 1 - (1 - part) ** 3
}
