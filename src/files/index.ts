export {
  checkWritable,
  compressedFor,
  createSpool,
  fileVersion,
  findFiles,
  openRanges,
  plainSize,
  readBytes,
  readText,
  writeWhole,
} from '#platform/files/disk'
export { withinBounds } from './bounds.js'
export { hasByteOrderMark } from './byte-order.js'
export type { FoundFile } from './find.js'
export { type ByteRanges, blobRanges, httpRanges } from './ranges.js'
export type { ReadOptions } from './read.js'
export type { Chunks } from './write.js'
export { decompressZstandard } from './zstandard.js'
