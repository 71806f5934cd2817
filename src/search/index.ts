export { type NeighborIndex, type SearchKind, searchKinds } from './neighbor-index.js'
export { ScanIndex, type ScanOptions } from './scan-index.js'
