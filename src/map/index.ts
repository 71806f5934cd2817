export type { MappedVectors } from './choose-words.js'
export { drawMap, type MapOptions } from './draw-map.js'
