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
export { type ClassifierDescription, describeClassifier } from './describe.js'
export type { Explanation, SpokenNgram, SpokenPart } from './explanation.js'
export type { Calibration, ReliabilityBin } from './judging/calibration.js'
export type { Confusion } from './judging/confusion.js'
export {
  type Curve,
  type CurvePoint,
  pointAtPrecision,
  pointAtRecall,
  precisionAtRecall,
  recallAtPrecision,
} from './judging/curve.js'
export type { Curves } from './judging/curves.js'
export { drawCurves } from './judging/draw-curves.js'
export type { TestIntervals } from './judging/intervals.js'
export type { LabelScores, Scores, Tally } from './judging/label-scores.js'
export { type JudgingOptions, judgingOptionTable, type TestClassifierOptions } from './judging/options.js'
export { type ClassifierTest, testClassifier } from './judging/test-classifier.js'
export { isClassifierFile, type LoadClassifierOptions, loadClassifier, readClassifier } from './load.js'
export type { QuantizationLoss } from './quantization/loss.js'
export {
  type Quantized,
  type QuantizeOptions,
  quantizeClassifier,
  quantizeOptionTable,
} from './quantization/quantize.js'
export { classifierFormatOf, type SaveClassifierOptions, saveClassifier } from './save.js'
export type { ClassifierMoment, TrainClassifierCall } from './training/classifier-call.js'
export type { ClassifierLosses } from './training/learned-classifier.js'
export type { ClassifierProgress, LineProgress } from './training/line-meter.js'
export { type ClassifierOptions, trainClassifierOptionTable } from './training/options.js'
export { type TrainedClassifier, trainClassifier } from './training/train-classifier.js'
export { type ClassifierFormat, type WriteClassifierOptions, writeClassifier } from './write.js'
