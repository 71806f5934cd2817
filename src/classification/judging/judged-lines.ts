import { WordloomError } from '../../errors.js'
import { TopK } from '../../math/index.js'
import type { Classifier } from '../classifier.js'
import type { LabelledLine } from '../corpus/labelled-line.js'

/** Probabilities of which curves are made; each may become a point of the curve of all labels and of one of its own. */
const MOST_PROBABILITIES = 1 << 24

export interface JudgingSettings {
  readonly count: number
  readonly threshold: number
  readonly unknownLabels: 'wrong' | 'dropped'
  readonly curves: boolean
}

/** What a line has and what it was given, by numbers of labels; labels that the classifier lacks are numbered after its own. */
export interface JudgedLine {
  readonly own: readonly number[]
  readonly given: readonly number[]
  /** The most probable label; −1 if there is no answer. */
  readonly first: number
  /** Its probability; NaN without an answer. */
  readonly confidence: number
  readonly brier: number
}

/** The lines of a test, each judged as it comes. */
export class JudgedLines {
  readonly lines: JudgedLine[] = []
  /** Labels of the lines that the classifier does not have, with how often they came. */
  readonly unknown = new Map<string, number>()
  /** Lines with a label that the classifier does not have, whether they count or not. */
  linesWithUnknown = 0
  /** Lines left out. */
  dropped = 0
  /** Lines in which nothing has a row. */
  unanswered = 0
  /** Of all labels for each line, if curves are wanted. */
  readonly probabilities: Float32Array[] = []
  readonly #classifier: Classifier
  readonly #settings: JudgingSettings
  readonly #ids: Map<string, number>

  constructor(classifier: Classifier, settings: JudgingSettings) {
    this.#classifier = classifier
    this.#settings = settings
    this.#ids = new Map(classifier.labels.map((label, i) => [label, i]))
  }

  /** All labels that lines have or are given, by their numbers. */
  get labels(): readonly string[] {
    return [...this.#ids.keys()]
  }

  add({ text, labels }: LabelledLine): void {
    const dropsUnknown = this.#settings.unknownLabels === 'dropped'
    const own = this.#numbersOf(labels)
    const counted = dropsUnknown ? own.filter(id => this.#isKnown(id)) : own
    const probabilities = this.#classifier.probabilities(text)
    if (!probabilities) this.unanswered++
    if (dropsUnknown && (counted.length === 0 || !probabilities)) {
      this.dropped++
      return
    }
    this.lines.push(this.#judged(counted, probabilities))
    if (this.#settings.curves) this.#keep(probabilities)
  }

  #isKnown(id: number): boolean {
    return id < this.#classifier.labels.length
  }

  #numbersOf(labels: readonly string[]): number[] {
    const numbers = labels.map(label => {
      const id = this.#ids.get(label) ?? this.#ids.size
      if (!this.#ids.has(label)) this.#ids.set(label, id)
      if (!this.#isKnown(id)) this.unknown.set(label, (this.unknown.get(label) ?? 0) + 1)
      return id
    })
    if (!numbers.every(id => this.#isKnown(id))) this.linesWithUnknown++
    return numbers
  }

  #judged(own: readonly number[], probabilities: Float64Array | undefined): JudgedLine {
    if (!probabilities) return { own, given: [], first: -1, confidence: Number.NaN, brier: own.length }
    const { count, threshold } = this.#settings
    const best = new TopK(Math.min(count, probabilities.length))
    let brier = own.length
    for (let label = 0; label < probabilities.length; label++) {
      const probability = probabilities[label]!
      brier += probability * probability
      best.offer(probability, label)
    }
    for (const label of own) brier -= 2 * (probabilities[label] ?? 0)
    const sorted = best.sorted()
    return {
      own,
      given: sorted.filter(({ score }) => score >= threshold).map(({ id }) => id),
      first: sorted[0]!.id,
      confidence: sorted[0]!.score,
      brier,
    }
  }

  #keep(probabilities: Float64Array | undefined): void {
    const labels = this.#classifier.labels.length
    if ((this.probabilities.length + 1) * labels > MOST_PROBABILITIES)
      throw new WordloomError('too-large', {
        action: 'draw curves',
        found: `the test has more than ${this.probabilities.length.toLocaleString('en')} lines, and there are ${labels.toLocaleString('en')} labels`,
        expected: `at most ${MOST_PROBABILITIES.toLocaleString('en')} probabilities`,
        cure: 'leave the curves out, or test on a part of the lines',
      })
    this.probabilities.push(probabilities ? Float32Array.from(probabilities) : new Float32Array(labels))
  }
}
