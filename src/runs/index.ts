export { Attendant, type CheckpointReport, type Duties, type Hooks, type OpenMoment } from './attendant.js'
export type { Checkpoint, CheckpointFacts, CheckpointFormat } from './checkpoint-file.js'
export { readRows, rowSection } from './checkpoint-rows.js'
export { differing, fingerprintDifferences, textDifferences } from './differences.js'
export { digestOf, type Fingerprint } from './fingerprint.js'
export {
  hasCheckpoint,
  Keeping,
  type KeepingOptions,
  type KeptRun,
  type OtherFiles,
  type RunKind,
  refuseSharedNames,
  removeCheckpoint,
} from './keeping.js'
export { runOnThreads, type ThreadKind } from './threads.js'
export { UnawaitedCalls } from './unawaited-calls.js'
