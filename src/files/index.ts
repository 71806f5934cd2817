export { asReadError, readBytes } from './read.js'
export { type Chunks, checkWritable, writeWhole } from './write.js'
