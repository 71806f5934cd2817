/** For a page that only asks: nothing here leads to training, judging or other formats, not even to code that is loaded later. */
export { Classifier, type ClassifierLoss, type Prediction, type PredictOptions } from '../classifier.js'
export type { Cleaning, Punctuation } from '../cleaning.js'
export type { Explanation, SpokenNgram, SpokenPart } from '../explanation.js'
export { type LoadClassifierOptions, readClassifier } from '../load.js'
