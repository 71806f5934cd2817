export type { Asked } from './http/asked.js'
export { clientGone, overloaded, Refusal } from './http/refusal.js'
export { Service } from './service.js'
