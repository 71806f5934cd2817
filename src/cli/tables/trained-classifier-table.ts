import type { ClassifierFacts } from '../jobs/classifier-training.js'
import { counted, duration } from '../terminal/figures.js'
import { visible } from '../terminal/terminal.js'

/** What was learned, for a person. */
export function trainedTable({ heldOutLosses, losses, ...facts }: ClassifierFacts): string {
  const { labels, lines, words, ngrams, dimensions, output, seconds } = facts
  const heldOut = heldOutLosses.at(-1)
  const loss = losses.at(-1)
  return [
    `${counted(labels, 'label')} from ${counted(lines, 'line')}: ${counted(words, 'word')} and ${counted(ngrams, 'n-gram')} of ${counted(dimensions, 'dimension')}`,
    ...(loss === undefined
      ? []
      : [
          `loss ${loss.toFixed(3)} a line${heldOut === undefined ? '' : `, ${heldOut.toFixed(3)} on lines set aside`}`,
        ]),
    `written to ${visible(output)} in ${duration(seconds)}`,
  ].join('\n')
}
