export { type Build, exportsOf, instantiate, mayCompile, moduleOf, useModule } from './builds.js'
export { allocateMemory, allocateShareable, isShared, MOST_PAGES, newMemory, PAGE_BYTES } from './memory.js'
export { allocateShared, canShareMemory, HOW_TO_SHARE } from './shared-memory.js'
export type { Memory } from './web-assembly.js'
