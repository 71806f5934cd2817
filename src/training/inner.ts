export { keepThresholds } from './memory/first-contents.js'
export { bagFormOf } from './options/bag-form.js'
export { toldOptions } from './options/told-options.js'
