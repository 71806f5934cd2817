import { type CheckCall, checkText } from '../../check/index.js'
import { option, textOf } from '../../errors.js'
import { optionTable } from '../../training/index.js'
import { trainFlags } from '../flags/train.js'
import { namesake, trainingFlags } from '../flags/training.js'
import { textTable } from '../tables/text-table.js'
import { interruptible } from '../terminal/interrupt.js'
import { progressDisplay } from '../terminal/progress-bar.js'
import { warnOfAll } from '../terminal/terminal.js'
import { asFlag } from '../verb/flag-names.js'
import { chosen } from '../verb/flags.js'
import { verb } from '../verb/verb.js'

export const check = verb({
  name: 'check',
  summary: 'look at a text before training',
  description:
    'Reads a text and says how it is written (encoding, scripts, languages, lines, leavings of HTML and tables), which ' +
    'words would be learned, and what memory and time training would take with the options given: the time is an ' +
    'estimate, from a moment of training on this machine. Ends with advice if something looks wrong.',
  examples: [
    ['wordloom check corpus.txt.gz', 'before training'],
    ['wordloom check corpus.txt --dimensions 300 --epochs 10', 'what these would take'],
    ['wordloom check "texts/**/*.txt" --encoding gbk', 'many files'],
    ['xzcat corpus.xz | wordloom check - --json', 'for a program'],
  ],
  namesake,
  verbWith: flag =>
    Object.keys(trainFlags).some(name => asFlag(option(name)) === flag) ? 'train' : undefined,
  inputs: {
    corpus: {
      many: true,
      file: 'read',
      help: 'text files (.gz and .zst too), folders, globs, or - for standard input',
    },
  },
  flags: trainingFlags,
  async run({ corpus }, flags) {
    const display = progressDisplay(false)
    const warnings: string[] = []
    const advice: string[] = []
    const report = await interruptible(
      signal =>
        checkText(corpus, {
          ...(chosen(optionTable, flags) as CheckCall),
          signal,
          onProgress: reading => display.show({ phase: 'reading', ...reading }),
          onWarning: sentence => void warnings.push(sentence),
          onAdvice: words => void advice.push(textOf(words, asFlag)),
        }),
      'stopped',
    ).finally(() => display.stop())
    warnOfAll(warnings)
    return { json: { ...report, advice }, text: () => textTable({ ...report, advice }) }
  },
})
