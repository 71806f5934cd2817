export { Control, type ControlMemory, type Sums } from './control.js'
export {
  type Copied,
  finalReport,
  postedTask,
  type Report,
  reporter,
  takeReport,
  taskOver,
} from './copies.js'
export { Occasion, type Place } from './pauses.js'
