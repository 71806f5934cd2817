// What src/training/training-kernels.ts may call. Stateless: no globals, no managed objects; everything that a kernel
// reads or writes lies behind the records that it is given, which records.mjs describes.

export { trainBlock } from './blocks'
export { chooseLines, judgeLines, moveLines, scoreLines } from './lines'
export { countPairs, writePairs } from './pairs'
export { draw } from './random'
export { sigmoids } from './sigmoid'
export { fuses } from './vector'
export { trainWindows } from './windows'
