export {
  acquireLock,
  asWriteError,
  checkWritable,
  compressedFor,
  createSpool,
  fileVersion,
  findFiles,
  openRanges,
  plainSize,
  readBytes,
  readText,
  realDisk,
  removePartials,
  writeWhole,
  writeWholeBy,
} from '#platform/files/disk'
export { sha256 } from '#platform/files/sha256'
export { withinBounds } from './bounds.js'
export { hasByteOrderMark } from './byte-order.js'
export { type Disk, type NewFile, writeAll } from './durable.js'
export type { FoundFile } from './find.js'
export type { Lock } from './lock.js'
export { type ByteRanges, blobRanges, httpRanges } from './ranges.js'
export type { ReadOptions } from './read.js'
export type { Chunks } from './write.js'
export { decompressZstandard } from './zstandard.js'
