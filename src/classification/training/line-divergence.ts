import { option, say, WordloomError } from '../../errors.js'
import { objectiveOf } from '../../reference/index.js'
import { ACTION } from './layout.js'
import type { LineRun } from './line-run.js'
import type { ReadyOptions } from './options.js'

/** A run diverges if the mean loss of a line exceeds this many times the loss of a line before the first step. */
const RUNAWAY = 25

/** Why a run is given up, if its loss, or a row that is not finite, shows that it diverged. */
export function lineDivergence(
  { control, memory }: LineRun,
  options: ReadyOptions,
  found?: Error,
): WordloomError | undefined {
  const { objective, negativeSamples, learningRate } = options
  const first = objectiveOf(objective).firstLoss({ words: memory.layout.labels, negativeSamples })
  const bound = RUNAWAY * Math.max(Math.LN2, first) // with one label there is nothing to lose
  for (let epoch = 0; epoch <= control.epochsDone && epoch < control.epochs; epoch++) {
    const { pairs, loss } = control.epoch(epoch)
    if (pairs > 0 && !(loss / pairs <= bound)) return diverged(epoch, learningRate)
  }
  return found && diverged(Math.min(control.epochsDone, control.epochs - 1), learningRate)
}

function diverged(epoch: number, learningRate: number): WordloomError {
  return new WordloomError('usage', {
    action: ACTION,
    found: say`the rows grew past all bounds in epoch ${epoch + 1}, and ${option('learningRate')} is ${learningRate}`,
    cure: say`lower ${option('learningRate')} (0.1 to 0.5 is usual)`,
  })
}
