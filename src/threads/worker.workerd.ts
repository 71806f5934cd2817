import { noWorkers } from './failures.js'
import type { OpenWorker, WorkerListener, WorkerSettings } from './open-worker.js'
import type { InPlaceScript, Script } from './script.js'
import { answering } from './service.js'

/**
 * An engine without workers does the work in place: each message is taken after the one that posts it, and nothing
 * else happens meanwhile. Throws `usage` for a script that cannot be run so.
 */
export function openWorker(
  script: Script,
  task: unknown,
  { name }: WorkerSettings,
  { take }: WorkerListener,
): OpenWorker {
  const { service } = script as InPlaceScript
  if (service === undefined) throw noWorkers(name)
  const answer = answering(service, task, take)
  return {
    post: message => queueMicrotask(() => answer(message as Parameters<typeof answer>[0])),
    keepAlive: () => {},
    end: async () => {},
  }
}

export function hasWorkers(): boolean {
  return false
}

export function processors(): number {
  return 1
}
