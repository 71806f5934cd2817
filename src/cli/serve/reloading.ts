import { type Fault, WordloomError } from '../../errors.js'
import type { AnyModelToServe, Shelf } from '../../server/index.js'
import { Refusal } from '../../server/inner.js'
import type { RequestLog } from './request-log.js'

/** Told of the models that are served from now on, or of none if one could not be read. */
type OnReload = (models: readonly AnyModelToServe[] | undefined) => void

/** Reads all models anew, one time after the other: who asks while it happens gets one more. */
export class Reloading {
  readonly #shelf: Shelf
  readonly #read: () => Promise<AnyModelToServe[]>
  readonly #log: RequestLog
  readonly #onReload: OnReload | undefined
  #running: Promise<void> = Promise.resolve()
  #next: Promise<void> | undefined

  constructor(shelf: Shelf, read: () => Promise<AnyModelToServe[]>, log: RequestLog, onReload?: OnReload) {
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
      const models = await this.#read()
      await this.#shelf.replace(models)
      this.#log.tell('reload', { result: 'ok', ms: Math.round(performance.now() - start) })
      this.#onReload?.(models)
    } catch (error) {
      const message = error instanceof WordloomError ? error.message : String(error)
      this.#log.tell('reload', { result: 'failed', message })
      this.#onReload?.(undefined)
      throw new Refusal(500, 'reload_failed', { action: 'read the models anew', ...faultOf(error) })
    }
  }
}

function faultOf(error: unknown): Pick<Fault, 'found' | 'cure'> {
  return error instanceof WordloomError
    ? { found: error.finding, cure: error.fault.cure }
    : { found: String(error) }
}
