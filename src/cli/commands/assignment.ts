import type { Command } from 'commander'
import { assignmentChecks, type PythonVersion } from '../../assignment/index.js'
import { WordloomError } from '../../errors.js'
import { checksText, refuseFailures } from '../assignment-report.js'
import { duration, grouped } from '../figures.js'
import { interruptible } from '../interrupt.js'
import type { Report } from '../output-files.js'
import { pad } from '../table.js'
import { paintFor, print, printJson } from '../terminal.js'
import {
  type LossReport,
  openTreebankOutputs,
  runTreebank,
  type TreebankFacts,
  type TreebankFlags,
} from '../treebank-job.js'
import { oneOf, positive } from '../values.js'
import { verb } from '../verb.js'

const ITERATIONS = 40_000

interface AssignmentFlags extends Partial<TreebankFlags> {
  readonly python?: '2' | '3'
  readonly json?: true
}

export function assignmentCommand(): Command {
  const command = verb({
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
  })
  return command
    .option(
      '--python <version>',
      'whose random numbers the checks draw, 2 or 3 (default 3)',
      oneOf(['2', '3']),
    )
    .option('--lose-repeats', "lose repeated negatives, as NumPy's gradient[rows] += does")
    .option('--json', 'print JSON')
    .optionsGroup('The training run:')
    .option('--treebank <path>', 'datasetSentences.txt, or its folder')
    .option('--iterations <n>', `stop after so many (default ${ITERATIONS})`, positive)
    .option('--checkpoint <file>', 'write the run there every 5000 iterations and at its end')
    .option(
      '--resume <file>',
      'go on from a checkpoint, as if never stopped (unlike the original, which starts other draws, a smaller step and a new mean)',
    )
    .option('--map <file.svg>', 'draw the 24 words of the assignment (- is standard output)')
    .action(doAssignment)
}

async function doAssignment(flags: AssignmentFlags): Promise<void> {
  checkTogether(flags)
  if (flags.treebank === undefined) return check(flags)
  const wanted = { ...flags, treebank: flags.treebank, iterations: flags.iterations ?? ITERATIONS }
  const report = await openTreebankOutputs(wanted)
  const facts = await interruptible(signal =>
    runTreebank(wanted, flags.json ? () => {} : lossTable(report), signal),
  )
  if (flags.json) report.printJson(facts)
  else report.print(factsText(facts))
}

function checkTogether({ treebank, python, ...flags }: AssignmentFlags): void {
  if (treebank !== undefined && python === '2')
    throw new WordloomError(
      'usage',
      '--python 2 is for the checks; the run on the treebank is that of Python 3',
    )
  if (treebank !== undefined) return
  const names = ['iterations', 'checkpoint', 'resume', 'map'] as const
  const needless = names.find(name => flags[name] !== undefined)
  if (needless !== undefined)
    throw new WordloomError(
      'usage',
      `--${needless} is for the training run; add --treebank with the folder of datasetSentences.txt`,
    )
}

function check({ python = '3', loseRepeats = false, json }: Partial<AssignmentFlags>): void {
  const checks = assignmentChecks({ python: Number(python) as PythonVersion, loseRepeats })
  if (json) printJson(checks)
  else print(checksText(checks))
  refuseFailures(checks)
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
