export { type FoundFile, findFiles } from './find.js'
export { asReadError, type ReadOptions, readBytes } from './read.js'
export { hasByteOrderMark, looksBinary, readText } from './text.js'
export { type Chunks, checkWritable, writeWhole } from './write.js'
