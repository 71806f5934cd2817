export { type Chance, chanceOf } from './chance.js'
export type { MappedVectors } from './choose-words.js'
export { clusterCount, clusterDirections } from './clusters.js'
export { type Directions, wordDirections } from './directions.js'
export { drawMap, layOutMap, type MapOptions, mapOptionTable, type WordMap } from './draw-map.js'
export { geometric, halfBox, type Label, type LabelGrowth, labelScales, labelText } from './labels.js'
export { alongAxes, type MainAxes, mainAxes } from './main-axes.js'
export type { MapColor } from './map-words.js'
export { type NamedWords, namingOrder } from './naming.js'
export { type NeighborLists, nearestRows, type RowRange, similaritiesTo } from './nearest-rows.js'
export { type LayoutOptions, NeighborLayout } from './neighbor-layout.js'
export type { PageWord } from './page-words.js'
export { channels, type Light, rampColor, wheelColor } from './palette.js'
export { type Dot, drawSvg, type Line, type Picture, type PictureLabel } from './picture.js'
export { placedByNeighbors } from './place.js'
export { allocatePositions, extentOf, type Frame, framed, frameOf, type Positions } from './positions.js'
export { type Projection, projections } from './project.js'
export {
  finished,
  nearestPlaces,
  spreadSample,
  type Trust,
  type TrustOptions,
  trustSentence,
  trustworthiness,
} from './trustworthiness.js'
export { frequencyParts, readWordValues, valuesOf, type WordValues } from './word-values.js'
export { wrapped } from './wrapped.js'
