export { DocumentInference, type InferenceOptions, inferenceOptionTable } from './inference.js'
