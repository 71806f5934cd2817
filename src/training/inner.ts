export { processorSeconds } from '#platform/training/machine'
export { resolvedFor } from './call/resolved.js'
export { type Forecast, forecast } from './forecast/forecast.js'
export { keepThresholds } from './memory/first-contents.js'
export { noiseRuns, noiseRunsAt, noiseRunsBytes, writeNoiseRuns } from './memory/noise-runs.js'
export { Chosen, Lines, Model, objectiveNumbers, Slice, Sums } from './memory/records.generated.js'
export { clearSums, lossOf } from './memory/thread-records.js'
export { bagFormOf } from './options/bag-form.js'
export { toldOptions } from './options/told-options.js'
export { undivided } from './plan/parts.js'
export {
  fastestSimd,
  plainOrNone,
  roundingOf,
  type Simd,
  type TrainingKernels,
  trainingModule,
} from './training-kernels.js'
