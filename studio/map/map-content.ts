import type { Positions } from 'wordloom/map'
import type { Marks } from './marks.js'
import type { Words } from './words.js'

/** Everything that a map shows but its camera. */
export interface MapContent {
  readonly words: Words
  readonly positions: Positions
  readonly colors: Uint8Array
  readonly sizes: Float32Array
  readonly fontSizes: Float32Array
  /** So many of the first words have places. */
  readonly drawn: number
  /** The order in which words are named, once it is known. */
  readonly naming: Int32Array | undefined
  /** The least scale at which each label has room; none while places change. */
  readonly labels: Float64Array | undefined
  readonly marks: Marks
  /** The color of a label by its word. */
  labelColor(id: number): string
  readonly paper: string
}
