import { integer, text as textOption, UNBOUNDED } from '../../options/index.js'
import { classifierInput, cleaningFlags } from '../flags/classify.js'
import { openClassifier } from '../flags/cleaned-classifier.js'
import { explanationTable } from '../tables/explanation-table.js'
import { verb } from '../verb/verb.js'

export const explain = verb({
  name: 'explain',
  summary: 'show which words of a text spoke for its label',
  description:
    'A score is the mean of what each row of a text says for a label: words, n-grams of words, and n-grams of characters, which ' +
    'are counted with their word. Those that speak for it are above 0, those against it below; together they are the score. In ' +
    'a tree of labels (hierarchical softmax) the score is the sum of the log-odds of the turns that lead to the label.',
  examples: [
    ['wordloom classify explain model.ftz "a lovely film"', 'the most probable label'],
    ['wordloom classify explain model.ftz a lovely film --label neg', 'another label'],
    ['wordloom classify explain model.ftz a lovely film --json', 'each n-gram, as JSON'],
  ],
  inputs: {
    model: classifierInput,
    text: { many: true, help: 'the text, or its words' },
  },
  flags: {
    label: {
      ...textOption(undefined, 'the label to explain', { otherwise: 'the most probable one' }),
      placeholder: '<label>',
    },
    count: integer(20, 1, UNBOUNDED, 'words and n-grams of words that are shown, those that say most'),
    ...cleaningFlags,
  },
  async run({ model, text }, { label, count = 20, ...flags }) {
    const classifier = await openClassifier(model, flags)
    const explanation = classifier.explain(text.join(' '), label)
    return {
      json: explanation ?? null,
      text: () =>
        explanation
          ? explanationTable(explanation, count)
          : 'the classifier has a row for nothing in this text',
    }
  },
})
