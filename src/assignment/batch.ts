import { BATCH, LARGEST_WINDOW, NEGATIVE_SAMPLES } from './five-word-batch.js'
import { noiseTable } from './noise-table.js'
import type { PythonRandom } from './python-random.js'
import { type ThinnedSentences, thinnedSentences } from './thinned-sentences.js'
import type { Treebank } from './treebank.js'

/** The words of one iteration, in memory that is used again for the next. */
export interface Batch {
  /** Of each window, its center word. */
  readonly centers: Int32Array
  /** Window i has the outside words outsides[ends[i − 1] … ends[i]). */
  readonly ends: Int32Array
  readonly outsides: Int32Array
  /** The negatives of outside word j are negatives[K·j … K·(j + 1)). */
  readonly negatives: Int32Array
  readonly negativeSamples: number
}

/** Draws batches from a treebank with the assignment's draws in the assignment's order. */
export class BatchSource {
  readonly batch: Batch = {
    centers: new Int32Array(BATCH),
    ends: new Int32Array(BATCH),
    outsides: new Int32Array(BATCH * 2 * LARGEST_WINDOW),
    negatives: new Int32Array(BATCH * 2 * LARGEST_WINDOW * NEGATIVE_SAMPLES),
    negativeSamples: NEGATIVE_SAMPLES,
  }
  private readonly treebank: Treebank
  private readonly random: PythonRandom
  private readonly noise: Int32Array
  private sentences: ThinnedSentences | undefined

  constructor(treebank: Treebank, random: PythonRandom) {
    this.treebank = treebank
    this.random = random
    this.noise = noiseTable(treebank.counts)
  }

  /** Fills `batch` anew. Sentences are thinned once, after the first window has been drawn, as the assignment does. */
  draw(): void {
    let end = 0
    for (let i = 0; i < BATCH; i++) {
      const window = this.random.randint(1, LARGEST_WINDOW)
      this.sentences ??= thinnedSentences(this.treebank, this.random)
      const start = end
      end = this.drawContext(this.sentences, i, window, start)
      for (let j = start; j < end; j++) this.drawNegatives(j)
      this.batch.ends[i] = end
    }
  }

  /** A place in a sentence and the words around it that are not the same word; again if there are none. */
  private drawContext({ ids, starts }: ThinnedSentences, i: number, window: number, start: number): number {
    const { centers, outsides } = this.batch
    let end = start
    while (end === start) {
      const sentence = this.random.randint(0, starts.length - 2)
      const [first, past] = [starts[sentence], starts[sentence + 1]]
      const place = first + this.random.randint(0, past - first - 1)
      const center = ids[place]
      centers[i] = center
      for (let t = Math.max(first, place - window); t < Math.min(past, place + window + 1); t++)
        if (ids[t] !== center) outsides[end++] = ids[t]
    }
    return end
  }

  private drawNegatives(j: number): void {
    const { outsides, negatives } = this.batch
    for (let k = j * NEGATIVE_SAMPLES; k < (j + 1) * NEGATIVE_SAMPLES; k++) {
      let word = outsides[j]
      while (word === outsides[j]) word = this.noise[this.random.randint(0, this.noise.length - 1)]
      negatives[k] = word
    }
  }
}
