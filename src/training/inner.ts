export { bagFormOf } from './bag-form.js'
export { keepThresholds } from './memory.js'
export { optionsIn } from './options.js'
