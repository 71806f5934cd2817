import { WordloomError } from '../../errors.js'
import type { ModelToServe, Shelf } from '../../server/index.js'
import { Refusal } from '../../server/inner.js'
import type { RequestLog } from './request-log.js'

/** Reads all models anew, one time after the other: who asks while it happens gets one more. */
export class Reloading {
  readonly #shelf: Shelf
  readonly #read: () => Promise<ModelToServe[]>
  readonly #log: RequestLog
  readonly #onReload: ((isGood: boolean) => void) | undefined
  #running: Promise<void> = Promise.resolve()
  #next: Promise<void> | undefined

  constructor(
    shelf: Shelf,
    read: () => Promise<ModelToServe[]>,
    log: RequestLog,
    onReload?: (isGood: boolean) => void,
  ) {
    this.#shelf = shelf
    this.#read = read
    this.#log = log
    this.#onReload = onReload
  }

  /** Settles once the models that lie on the disk now are served. Rejects, and leaves the old ones, if one cannot be read. */
  reload(): Promise<void> {
    this.#next ??= this.#running.then(() => {
      this.#next = undefined
      const running = this.#reload()
      this.#running = running.catch(() => {})
      return running
    })
    return this.#next
  }

  async #reload(): Promise<void> {
    const start = performance.now()
    try {
      await this.#shelf.replace(await this.#read())
      this.#log.tell('reload', { result: 'ok', ms: Math.round(performance.now() - start) })
      this.#onReload?.(true)
    } catch (error) {
      const message = error instanceof WordloomError ? error.message : String(error)
      this.#log.tell('reload', { result: 'failed', message })
      this.#onReload?.(false)
      throw new Refusal(500, 'reload_failed', { action: 'read the models anew', found: message })
    }
  }
}
