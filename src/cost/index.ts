export { drawCost } from './draw-cost.js'
export { shortDuration } from './durations.js'
export {
  COST_DEFAULTS,
  type CostCurve,
  type CostOptions,
  type CostPoint,
  type CostReport,
  measureCost,
} from './measure-cost.js'
