export {
  Classifier,
  type ClassifierLoss,
  type Prediction,
  type PredictOptions,
  predictOptionTable,
} from './classifier.js'
export { type Cleaning, cleaningOptionTable, type Punctuation } from './cleaning.js'
export type { LabelledLine } from './corpus/labelled-line.js'
export { labelledLines } from './corpus/labelled-lines.js'
export type { GivenLine, LabelledSource } from './corpus/labelled-source.js'
export {
  type LabelledFormat,
  type LabelledLineOptions,
  labelledLineOptionTable,
  type ReadLabelledOptions,
} from './corpus/options.js'
export { isClassifierFile, type LoadClassifierOptions, loadClassifier, readClassifier } from './load.js'
export {
  type ClassifierFormat,
  classifierFormatOf,
  type SaveClassifierOptions,
  saveClassifier,
} from './save.js'
export type { ClassifierMoment, TrainClassifierCall } from './training/classifier-call.js'
export type { ClassifierLosses } from './training/learned-classifier.js'
export type { ClassifierProgress, LineProgress } from './training/line-meter.js'
export { type ClassifierOptions, trainClassifierOptionTable } from './training/options.js'
export { type TrainedClassifier, trainClassifier } from './training/train-classifier.js'
