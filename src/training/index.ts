export {
  type CheckpointReport,
  hasCheckpoint,
  type KeepingOptions,
  type OtherFiles,
  refuseSharedNames,
  removeCheckpoint,
} from '../runs/index.js'
export type { Moment } from './call/moment.js'
export type { Progress, TrainingProgress } from './call/progress.js'
export { optionsOf, train } from './call/train.js'
export type { Hooks, TrainCall } from './call/train-call.js'
export { Model } from './model.js'
export { optionTable } from './options/option-table.js'
export { completeOptions, type OptionName, type TrainingOptions } from './options/options.js'
export type { StartCall } from './start/start.js'
export type { StartFacts } from './start-facts.js'
