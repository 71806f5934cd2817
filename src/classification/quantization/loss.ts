import type { Classifier } from '../classifier.js'
import { everyLine } from '../corpus/every-line.js'
import type { LabelledSource } from '../corpus/labelled-source.js'

/** What a smaller classifier says of texts that the one from which it was made labelled. */
export interface QuantizationLoss {
  /** Texts that were asked about; those without a label count only for `sameLabel`. */
  readonly texts: number
  /** Of these, texts with labels. */
  readonly labelled: number
  /** The share of labelled texts whose most probable label is one of theirs; undefined if there are none. */
  readonly accuracyBefore: number | undefined
  readonly accuracyAfter: number | undefined
  /** The share of texts that get the same most probable label. */
  readonly sameLabel: number
}

/** Undefined if there is no text. Throws what `labelledLines` throws. */
export async function measureQuantization(
  before: Classifier,
  after: Classifier,
  source: LabelledSource,
): Promise<QuantizationLoss | undefined> {
  let [texts, labelled, same, rightBefore, rightAfter] = [0, 0, 0, 0, 0]
  for await (const { text, labels } of everyLine(source, {}, false)) {
    if (text.trim() === '') continue
    const [old, now] = [before, after].map(classifier => classifier.predict(text)[0]?.label)
    texts++
    if (old === now) same++
    if (labels.length === 0) continue
    labelled++
    if (old !== undefined && labels.includes(old)) rightBefore++
    if (now !== undefined && labels.includes(now)) rightAfter++
  }
  if (texts === 0) return undefined
  const share = (count: number) => (labelled > 0 ? count / labelled : undefined)
  return {
    texts,
    labelled,
    accuracyBefore: share(rightBefore),
    accuracyAfter: share(rightAfter),
    sameLabel: same / texts,
  }
}
