import { assignmentChecks, checksOptionTable, treebankOptionTable } from '../../assignment/index.js'
import { option, say, WordloomError } from '../../errors.js'
import type { Report } from '../files/output-files.js'
import { type LossReport, runTreebank, type TreebankFacts, treebankPlan } from '../jobs/treebank.js'
import { checksText, refuseFailures } from '../tables/assignment-report.js'
import { duration, grouped } from '../terminal/figures.js'
import { interruptible } from '../terminal/interrupt.js'
import { pad } from '../terminal/table.js'
import { paintFor } from '../terminal/terminal.js'
import { type FlagsOf, filled, under } from '../verb/flags.js'
import { type Answer, verb } from '../verb/verb.js'

const flags = {
  ...checksOptionTable,
  ...under('The training run:', {
    treebank: {
      kind: 'file',
      use: 'read',
      replaceable: true, // the plan names the file in it that is read
      placeholder: '<path>',
      help: 'datasetSentences.txt, or its folder',
    },
    ...treebankOptionTable,
    checkpoint: {
      kind: 'file',
      use: 'write',
      help: 'where the run is kept, every 5000 iterations and at its end',
    },
    resume: {
      kind: 'file',
      use: 'read',
      replaceable: true,
      help: 'a checkpoint to go on from, as if never stopped (unlike the original, which starts other draws, a smaller step and a new mean)',
    },
    map: {
      kind: 'file',
      use: 'write',
      placeholder: '<file.svg>',
      help: 'where a drawing of the 24 words of the assignment goes (- is standard output)',
    },
  }),
} as const

type AssignmentFlags = FlagsOf<typeof flags>

export const assignment = verb({
  name: 'assignment',
  summary: "do the word2vec assignment of Stanford's CS224n, number for number",
  description:
    'Without a treebank: checks the gradients and prints the losses and gradients of the assignment, drawn ' +
    'live from the generators of Python and NumPy, so that your own can be put beside them. With the Stanford ' +
    'Sentiment Treebank (bring it yourself): the training run, in float64 and with the same draws.',
  examples: [
    ['wordloom assignment', 'gradient checks and printed numbers'],
    ['wordloom assignment --treebank stanfordSentimentTreebank', 'the run'],
    ['wordloom assignment --treebank folder --map words.svg', 'and its picture'],
  ],
  inputs: {},
  flags,
  async plan(_, flags) {
    checkTogether(flags)
    const { treebank } = flags
    return treebank === undefined ? {} : treebankPlan({ ...flags, treebank })
  },
  async run(_, { treebank, ...flags }, { report }) {
    if (treebank === undefined) return checks(flags)
    const { iterations } = filled(treebankOptionTable, flags)
    const onLoss = flags.json ? () => {} : lossTable(report)
    const facts = await interruptible(signal =>
      runTreebank({ ...flags, treebank, iterations }, onLoss, signal),
    )
    return { json: facts, text: () => factsText(facts) }
  },
})

function checkTogether({ treebank, python, ...flags }: AssignmentFlags): void {
  if (treebank !== undefined && python === '2')
    throw new WordloomError('usage', {
      found: say`${option('python', 2)} is for the checks, and the run on the treebank is that of Python 3`,
      cure: say`leave ${option('python')} out`,
    })
  const idle = (['iterations', 'checkpoint', 'resume', 'map'] as const).find(
    name => flags[name] !== undefined,
  )
  if (treebank === undefined && idle !== undefined)
    throw new WordloomError('usage', {
      found: say`${option(idle)} is for the training run`,
      cure: say`add ${option('treebank')} with the folder of datasetSentences.txt`,
    })
}

function checks({ python = '3', loseRepeats }: Omit<AssignmentFlags, 'treebank'>): Answer {
  const made = assignmentChecks({ python, loseRepeats: Boolean(loseRepeats) })
  return { json: made, text: () => checksText(made), verdict: () => refuseFailures(made) }
}

/** Prints the losses as they come, below a line of titles once there is one. */
function lossTable({ print }: Report): (report: LossReport) => void {
  let hasTitles = false
  return ({ iteration, smoothedLoss }) => {
    if (!hasTitles) print(paintFor(process.stdout)('dim', 'iteration  smoothed loss'))
    hasTitles = true
    print(`${pad(grouped(iteration), 9, 'right')}  ${pad(smoothedLoss?.toFixed(6) ?? '–', 13, 'right')}`)
  }
}

function factsText({ words, sentences, seconds, checkpoint, map }: TreebankFacts): string {
  const files = [checkpoint && `checkpoint in ${checkpoint}`, map && `map in ${map}`].filter(Boolean)
  const size = `${grouped(sentences)} sentences, ${grouped(words)} words, ${duration(seconds)}`
  return [size, ...files].join('; ')
}
