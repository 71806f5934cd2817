import { wellFormed } from '../../text/inner.js'
import { everyLine } from './every-line.js'
import type { LabelledLine } from './labelled-line.js'
import type { LabelledSource } from './labelled-source.js'
import type { ReadLabelledOptions } from './options.js'

/**
 * Texts with their labels, one after the other. Lines without a label or without a text are passed over, and their numbers
 * told at the end. Throws `usage`, `no-input`, and `bad-data` with the line for what is no such text.
 */
export async function* labelledLines(
  source: LabelledSource,
  options: ReadLabelledOptions = {},
): AsyncGenerator<LabelledLine> {
  const left = { labels: 0, texts: 0 }
  for await (const line of everyLine(source, options, true)) {
    const isBlank = line.text.trim() === ''
    // different halves of surrogate pairs would become one label
    line.labels.forEach(wellFormed)
    if (!isBlank && line.labels.length > 0) yield line
    else if (!isBlank) left.labels++
    else if (line.labels.length > 0) left.texts++
  }
  tellLeft(left.labels, 'a label', options)
  tellLeft(left.texts, 'a text', options)
}

function tellLeft(count: number, what: string, { onWarning }: ReadLabelledOptions): void {
  if (count > 0)
    onWarning?.(
      `${count.toLocaleString('en')} ${count === 1 ? 'line' : 'lines'} without ${what} ${count === 1 ? 'was' : 'were'} passed over`,
    )
}
