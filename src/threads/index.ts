export { hasWorkers, processors } from '#platform/threads/worker'
export type { InPlaceScript, Script } from './script.js'
export type { Call, Service } from './service.js'
export { Thread } from './thread.js'
