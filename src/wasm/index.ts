export { decodeBase64 } from './base64.js'
export { allocateShared, canShareMemory, HOW_TO_SHARE } from './shared-memory.js'
export {
  allocateMemory,
  allocateShareable,
  compileIfValid,
  instantiate,
  isShared,
  type Memory,
  MOST_PAGES,
  PAGE_BYTES,
} from './web-assembly.js'
