// What src/math/training.ts may call. Stateless: no globals, no managed objects, everything behind `settings`.

export { draw } from './random'
export { writeOffsets } from './settings'
export { trainWindows } from './windows'
