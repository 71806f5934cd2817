import { WordloomError } from '../errors.js'
import type { PythonRandom } from './python-random.js'
import type { Treebank } from './treebank.js'

/** The sentences that windows are drawn from. */
export interface ThinnedSentences {
  readonly ids: Int32Array
  /** Sentence s is ids[starts[s] … starts[s + 1]). */
  readonly starts: Int32Array
}

/** The copies of every sentence, each with other words dropped. */
const REPEATS = 30
const THRESHOLD = 1e-5

/**
 * The treebank 30 times over, frequent words dropped by chance; sentences of one word or none are left out. Throws
 * `bad-data` if no window could ever be drawn from what is left.
 */
export function thinnedSentences(treebank: Treebank, random: PythonRandom): ThinnedSentences {
  const reject = rejectProbabilities(treebank)
  const ids = new Int32Array(REPEATS * treebank.ids.length)
  const starts = new Int32Array(REPEATS * (treebank.starts.length - 1) + 1)
  let [end, sentences] = [0, 0]
  for (let repeat = 0; repeat < REPEATS; repeat++)
    for (let s = 0; s + 1 < treebank.starts.length; s++) {
      const start = starts[sentences]
      end = start
      for (let t = treebank.starts[s]; t < treebank.starts[s + 1]; t++) {
        const id = treebank.ids[t]
        // A word that is never dropped takes no draw.
        if (reject[id] <= 0 || random.random() >= reject[id]) ids[end++] = id
      }
      if (end - start > 1) starts[++sentences] = end
    }
  const thinned = { ids: ids.slice(0, starts[sentences]), starts: starts.slice(0, sentences + 1) }
  if (hasWindow(thinned)) return thinned
  throw new WordloomError('bad-data', {
    action: 'train',
    found: `of ${treebank.starts.length - 1} sentences none has two different words left after sub-sampling`,
    cure: 'give a treebank of more and longer sentences',
  })
}

function hasWindow({ ids, starts }: ThinnedSentences): boolean {
  for (let s = 0; s + 1 < starts.length; s++)
    for (let t = starts[s] + 1; t < starts[s + 1]; t++) if (ids[t] !== ids[t - 1]) return true
  return false
}

/** By id, max(0, 1 − √(t/f)) as the paper prints it (Mikolov et al. 2013b, eq. 5), f the word's share of all tokens. */
function rejectProbabilities({ counts }: Treebank): Float64Array {
  const threshold = THRESHOLD * counts.reduce((sum, count) => sum + count, 0)
  return Float64Array.from(counts, count => Math.max(0, 1 - Math.sqrt(threshold / count)))
}
