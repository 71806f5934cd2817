import type { Service } from './service.js'

/** The script that a worker runs; in Node its address. */
export type Script = URL | PageScript | InPlaceScript

/** What an engine without workers runs instead. */
export interface InPlaceScript {
  readonly service: Service<unknown, unknown, unknown, unknown>
}

/**
 * Bundlers find a worker's script by the words `new Worker(new URL('./x.browser.js', import.meta.url), { type: 'module' })`,
 * and so the file that names a script has to have all of them.
 */
export interface PageScript {
  start(): Worker
  /** The address of a file in the same folder, for sentences; scripts that are no modules do not know theirs. */
  readonly beside: string | undefined
}
