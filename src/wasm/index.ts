export { type Build, exportsOf, instantiate, mayCompile, moduleOf, useModule } from './builds.js'
export { containerMemory, usedMemory } from './container.js'
export {
  allocateMemory,
  allocateShareable,
  isShared,
  MOST_PAGES,
  newMemory,
  PAGE_BYTES,
  sharedKind,
} from './memory.js'
export { refuseBeyondContainer } from './room.js'
export { allocateShared, canShareMemory, noSharing } from './shared-memory.js'
export type { Memory } from './web-assembly.js'
