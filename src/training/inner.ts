export { keepThresholds } from './memory/first-contents.js'
export { bagFormOf } from './options/bag-form.js'
export { optionsIn } from './options/options.js'
