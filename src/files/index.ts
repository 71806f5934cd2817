export { asReadError, readBytes } from './read.js'
export { plainSize } from './size.js'
export { type Chunks, checkWritable, writeWhole } from './write.js'
