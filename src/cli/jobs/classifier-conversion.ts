import {
  type Classifier,
  classifierFormatOf,
  describeClassifier,
  loadClassifier,
  type QuantizationLoss,
  type Quantized,
  quantizeClassifier,
  quantizeOptionTable,
  saveClassifier,
} from '../../classification/index.js'
import { storedSize } from '../../files/index.js'
import { shownOutput } from '../files/output-files.js'
import { isQuantizationAsked, isQuantized, type QuantizationFlags } from '../flags/quantization.js'
import { counted, grouped, megabytes, percent } from '../terminal/figures.js'
import { warn } from '../terminal/terminal.js'
import { chosen } from '../verb/flags.js'
import type { Answer } from '../verb/verb.js'

/** Writes a classifier in another format, its rows as codes if that is asked or if the format wants them. */
export async function convertClassifier(
  input: string,
  output: string,
  flags: QuantizationFlags,
): Promise<Answer> {
  const format = classifierFormatOf(output)!
  const read = await loadClassifier(input)
  const smaller =
    isQuantized(output, flags) && !isCopied(read, flags) ? await quantized(read, flags) : undefined
  const classifier = smaller?.classifier ?? read
  await saveClassifier(classifier, output, { format, onWarning: warn })
  const bytes = { before: (await storedSize(input)) ?? null, after: (await storedSize(output)) ?? null }
  const { labels, words, dimensions } = describeClassifier(classifier)
  const { rows, loss } = smaller ?? {}
  const [before, after] = [bytes.before, bytes.after].map(size => (size === null ? '?' : megabytes(size)))
  const closing = `${counted(labels, 'label')}, ${counted(words, 'word')} × ${counted(dimensions, 'dimension')} → ${shownOutput(output)} (${format}), ${before} → ${after}`
  return {
    json: {
      input,
      output,
      format,
      labels,
      words,
      dimensions,
      bytes,
      ...(smaller && { rows, loss: loss ?? null }),
    },
    text: () => [closing, ...(smaller ? smallerLines(smaller) : []).map(line => `  ${line}`)].join('\n'),
  }
}

/** Codes stay as they are if nothing else is asked for. */
function isCopied(classifier: Classifier, flags: QuantizationFlags): boolean {
  return describeClassifier(classifier).codes !== undefined && !isQuantizationAsked(flags)
}

function quantized(classifier: Classifier, flags: QuantizationFlags): Promise<Quantized> {
  const { evaluate, retrain } = flags
  return quantizeClassifier(classifier, {
    ...chosen(quantizeOptionTable, flags),
    ...(retrain !== undefined && { retrain }),
    onWarning: warn,
    ...(evaluate !== undefined && { evaluate }),
  })
}

/** What a smaller classifier has and what it lost. */
function smallerLines({ rows, loss }: Quantized): string[] {
  const kept =
    rows.after < rows.before ? `${grouped(rows.after)} of ${grouped(rows.before)} rows` : 'all rows'
  return [`${kept} in codes`, ...(loss ? [lossLine(loss)] : [])]
}

function lossLine({ texts, labelled, accuracyBefore, accuracyAfter, sameLabel }: QuantizationLoss): string {
  const same = `${percent(sameLabel)} of ${counted(texts, 'text')} keep their label`
  if (accuracyBefore === undefined || accuracyAfter === undefined) return same
  return `accuracy ${percent(accuracyBefore)} → ${percent(accuracyAfter)} (${counted(labelled, 'text')} with labels); ${same}`
}
