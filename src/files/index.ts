export {
  acquireLock,
  asWriteError,
  checkOutputs,
  checkWritable,
  compressedFor,
  createSpool,
  fileOf,
  fileVersion,
  findFiles,
  isStream,
  openRanges,
  placeOf,
  plainSize,
  readBytes,
  readText,
  realDisk,
  removePartials,
  storedSize,
  takenName,
  writeTogether,
  writeWhole,
  writeWholeBy,
} from '#platform/files/disk'
export { sha256 } from '#platform/files/sha256'
export { checkUnpacked, FREE_BYTES_OF_ROWS, withinBounds } from './bounds.js'
export { hasByteOrderMark } from './byte-order.js'
export { compressionOf, MAGIC_BYTES } from './compression.js'
export { type Chunks, type Disk, type NewFile, type Permissions, type Place, writeAll } from './durable.js'
export type { FoundFile } from './find.js'
export { decompressGzip } from './gunzip.js'
export { eachLine } from './lines.js'
export type { Lock } from './lock.js'
export { type ByteRanges, blobRanges, FETCH_TIMEOUT, type FetchOptions, httpRanges } from './ranges.js'
export type { ReadOptions } from './read.js'
export { TextCheck } from './text-check.js'
export type { Output } from './together.js'
export { unpacked } from './unpacked.js'
export { isWebStream, iterableOf, type WebStream } from './web-stream.js'
export { decompressZstandard } from './zstandard.js'
