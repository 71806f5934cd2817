/** How words are written over the points; the worker finds room for them, the page writes them. */

/** Pixels of a unit of the picture at scale 1; room is found for labels in pixels, whatever the zoom. */
export const UNIT = 400
/** Labels keep so much more room than they take. */
export const AIRY = 1.25
/** Scales at which labels get room, from the whole map on a phone to far beyond reading. */
export const LABEL_SCALES = { least: 0.3, ratio: 1.2, count: 34 }
/** Rare words wait until one comes nearer, even where they have room. */
export function mostLabels(scale: number): number {
  return 1600 * scale * scale
}
/** So many words, those that are named first, look for room. */
export const LABELLED = 150_000
/** While places change, so many of the words that are named first look for room anew at each moment, and so many find it. */
export const PASSING_LABELS = { asked: 1500, most: 90 }
/** Pixels. */
export const FONT_SIZES = { least: 12.5, greatest: 19 }

/** The size of each word's letters, by its part of the greatest frequency (0 to 1). */
export function fontSizesOf(parts: ArrayLike<number>): Float32Array {
  const { least, greatest } = FONT_SIZES
  return Float32Array.from(parts, part => least + ((greatest - least) * Math.max(0, part - 0.35)) / 0.65)
}
