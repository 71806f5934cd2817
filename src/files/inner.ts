export { SpoolFile } from './spool.js'
