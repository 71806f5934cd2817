export { bootstrap, type Interval, intervalOf, type Resampling, type Weights } from './bootstrap.js'
