export { worthPacking } from './packed-ids.js'
export { tableMark } from './renumbering.js'
export type { Spool } from './spooled-ids.js'
export { type Overflow, SENTENCE_END, type SharedIds, TokenIds } from './token-ids.js'
