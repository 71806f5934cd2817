export {
  Classifier,
  type ClassifierLoss,
  type Prediction,
  type PredictOptions,
  predictOptionTable,
} from './classifier.js'
export { loadClassifier, readClassifier } from './load.js'
