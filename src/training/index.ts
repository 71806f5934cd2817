export { Model } from './model.js'
export { completeOptions, type OptionName, optionTable, type TrainingOptions } from './options.js'
export type { Progress, TrainingProgress } from './progress.js'
export { type TrainCall, train } from './train.js'
