export { Control, type ControlMemory, type Sums } from './control.js'
export { Occasion, type Place } from './pauses.js'
