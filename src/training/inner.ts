export { bagFormOf, keepThresholds } from './memory.js'
export { optionsIn } from './options.js'
