export { processors } from '#platform/threads/worker'
export type { Script } from './script.js'
export type { Call, Service } from './service.js'
export { Thread } from './thread.js'
