import { SENTENCE_END, type TokenIds } from '../text/index.js'

/** How many words lines have. */
export interface LineLengths {
  /** Lines with a word. */
  readonly lines: number
  readonly median: number
  /** As many words or fewer have 99 % of the lines. */
  readonly most99: number
  readonly longest: number
  /** Lines with one word. */
  readonly single: number
}

const PART = 1 << 16
/** Longer lines are counted as being this long, but for the longest. */
const LONGEST_COUNTED = 1 << 20

/** Of ids that have every word. */
export function lineLengths(ids: TokenIds): LineLengths {
  const times = new Float64Array(LONGEST_COUNTED + 1)
  const part = new Int32Array(PART)
  let [lines, length, longest] = [0, 0, 0]
  for (let from = 0; from < ids.length; from += PART) {
    const count = Math.min(PART, ids.length - from)
    ids.read(from, from + count, part)
    for (let i = 0; i < count; i++) {
      if (part[i] !== SENTENCE_END) {
        length++
        continue
      }
      times[Math.min(length, LONGEST_COUNTED)]!++
      longest = Math.max(longest, length)
      lines++
      length = 0
    }
  }
  const quantile = (share: number) => {
    let seen = 0
    return times.findIndex(count => {
      seen += count
      return seen >= share * lines
    })
  }
  return { lines, median: quantile(0.5), most99: quantile(0.99), longest, single: times[1]! }
}
