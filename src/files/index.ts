export {
  checkWritable,
  compressedFor,
  createSpool,
  findFiles,
  openRanges,
  plainSize,
  readBytes,
  readText,
  writeWhole,
  writeWholeBy,
} from '#platform/files/disk'
export { hasByteOrderMark } from './byte-order.js'
export type { FoundFile } from './find.js'
export { type ByteRanges, blobRanges, httpRanges } from './ranges.js'
export type { ReadOptions } from './read.js'
export type { Chunks } from './write.js'
export { decompressZstandard } from './zstandard.js'
