export { DocumentInference, type InferenceOptions } from './inference.js'
