/** What threads that train load, too: nothing here may need the import map of a page, which does not reach workers. */
export { noiseRuns, noiseRunsBytes, writeNoiseRuns } from './memory/noise-runs.js'
export { Chosen, Lines, Model, objectiveNumbers, Slice, Sums } from './memory/records.generated.js'
export { clearSums, lossOf } from './memory/thread-records.js'
export { undivided } from './plan/parts.js'
export { roundingOf, type Simd, type TrainingKernels, trainingModule } from './training-kernels.js'
