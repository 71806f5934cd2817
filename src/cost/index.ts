export { drawCost } from './draw-cost.js'
export { shortDuration } from './durations.js'
export {
  type CostCurve,
  type CostOptions,
  type CostPoint,
  type CostReport,
  costOptionTable,
  measureCost,
} from './measure-cost.js'
