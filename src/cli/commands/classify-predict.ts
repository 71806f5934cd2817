import { existsSync } from 'node:fs'
import {
  type Classifier,
  labelledLineOptionTable,
  type Prediction,
  predictOptionTable,
} from '../../classification/index.js'
import { everyLine } from '../../classification/inner.js'
import { WordloomError } from '../../errors.js'
import { classifierInput, cleaningFlags, labelledFlags } from '../flags/classify.js'
import { openClassifier } from '../flags/cleaned-classifier.js'
import { canConverse, converse, withoutQuestion } from '../terminal/conversation.js'
import { visible, warn } from '../terminal/terminal.js'
import { chosen } from '../verb/flags.js'
import { verb } from '../verb/verb.js'

export const predict = verb({
  name: 'predict',
  summary: 'label each line of a text',
  description:
    'Writes a line for each line of a text, as soon as that comes: labels with their probabilities, tabs between them, the most ' +
    'probable first; an empty line where no label reaches the threshold. Labels that the text has are passed over. In a terminal, ' +
    'without a file, it asks for texts line by line.',
  examples: [
    ['wordloom classify predict lid.176.ftz letters.txt', 'a label for each line'],
    ['tail -f log | wordloom classify predict m.ftz - -n 3', 'three, as lines come'],
    ['wordloom classify predict m.ftz a.csv --text-column body', 'of a column'],
    ['wordloom classify predict m.ftz a.txt --labels-only', 'without probabilities'],
    ['wordloom classify predict m.ftz a.jsonl --json', 'as JSON Lines'],
  ],
  inputs: {
    model: classifierInput,
    text: { file: 'read', optional: true, help: 'a text (.gz and .zst too), or - for standard input' },
  },
  flags: {
    ...predictOptionTable,
    labelsOnly: { kind: 'flag', default: false, help: 'write labels without their probabilities' },
    ...cleaningFlags,
    ...labelledFlags,
  },
  plan({ model, text }, { json }) {
    const asks = text === undefined
    if (asks && (json || !canConverse()))
      throw withoutQuestion(
        'classify predict needs <text>, a file or - for standard input',
        'wordloom classify predict model.ftz letters.txt',
      )
    if (model === '-' && text === '-')
      throw new WordloomError('usage', {
        found: 'standard input is named twice, and it can be read only once',
        cure: 'name a file for the classifier or for the text',
      })
    if (text !== undefined && /\s/.test(text) && !existsSync(text)) throw noFile(text)
    return { asks, reads: [] }
  },
  async run({ model, text }, flags, { plan: { asks }, report }) {
    const classifier = await openClassifier(model, flags)
    const options = chosen(predictOptionTable, flags)
    const answer = (line: string) => shown(classifier.predict(line, options), Boolean(flags.labelsOnly))
    if (asks || text === undefined) {
      await converse('text> ', async line => answer(line))
      return undefined
    }
    const reading = { ...chosen(labelledLineOptionTable, flags), onWarning: warn }
    for await (const line of everyLine(text, reading, false))
      if (flags.json) report.printJson(recordOf(classifier, line.text, options))
      else report.print(answer(line.text))
    return undefined
  },
})

/** Somebody gave a text itself. */
function noFile(text: string): WordloomError {
  return new WordloomError('no-input', {
    action: `open ${text}`,
    found: 'no such file',
    cure: 'a text itself comes on standard input: echo "some text" | wordloom classify predict model.ftz -',
  })
}

function recordOf(classifier: Classifier, text: string, options: object) {
  return { text, labels: classifier.predict(text, options) }
}

function shown(labels: readonly Prediction[], labelsOnly: boolean): string {
  return labels
    .map(({ label, probability }) =>
      labelsOnly ? visible(label) : `${visible(label)}\t${probability.toPrecision(6)}`,
    )
    .join('\t')
}
