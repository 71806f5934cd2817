// What src/math/training.ts may call. Stateless: no globals, no managed objects, everything behind `settings`.

export { trainBlock } from './blocks'
export { countPairs, writePairs } from './pairs'
export { draw } from './random'
export { writeOffsets } from './settings'
export { sigmoids } from './sigmoid'
export { fuses } from './vector'
export { trainWindows } from './windows'
