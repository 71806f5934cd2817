export { type PredictionOptions, predictionOptionTable, predictionOrders } from './prediction-options.js'
export { type PredictedWord, WordPrediction } from './word-prediction.js'
