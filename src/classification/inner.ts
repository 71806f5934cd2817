export { everyLine } from './corpus/every-line.js'
