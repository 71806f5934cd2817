export { compressedFor } from './compress.js'
export { findFiles } from './find.js'
export { acquireLock } from './lock.js'
export { openRanges } from './open-ranges.js'
export { isStream, placeOf } from './place.js'
export { fileOf, readBytes } from './read.js'
export { realDisk } from './real-disk.js'
export { fileVersion, plainSize, storedSize } from './size.js'
export { createSpool } from './spool.js'
export { readText } from './text.js'
export {
  checkOutputs,
  checkWritable,
  removePartials,
  takenName,
  writeTogether,
  writeWhole,
  writeWholeBy,
} from './write.js'
export { asWriteError } from './write-error.js'
