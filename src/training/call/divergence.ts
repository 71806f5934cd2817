import { option, say, WordloomError } from '../../errors.js'
import { objectiveOf } from '../../reference/index.js'
import type { Vocabulary } from '../../text/index.js'
import type { TrainingOptions } from '../options/options.js'
import type { Run } from '../run/prepare.js'

/** A run diverges if the mean loss of a pair exceeds this many times the loss of a pair before the first step. */
const RUNAWAY = 25

/** Whether the loss of some epoch so far is not a number, or larger than any run has that does not diverge. */
export function hasDiverged(run: Run, options: DivergenceOptions): boolean {
  return firstDiverged(run, options) !== undefined
}

function firstDiverged(
  { control, memory }: Run,
  { objective, negativeSamples }: DivergenceOptions,
): number | undefined {
  const bound = RUNAWAY * objectiveOf(objective).firstLoss({ words: memory.layout.words, negativeSamples })
  for (let epoch = 0; epoch <= control.epochsDone && epoch < control.epochs; epoch++) {
    const { pairs, loss } = control.epoch(epoch)
    if (pairs > 0 && !(loss / pairs <= bound)) return epoch
  }
  return undefined
}

type DivergenceOptions = Pick<TrainingOptions, 'learningRate' | 'negativeSamples' | 'objective'>

/** Why a run is given up, if its loss, or a row that is not finite, shows that it diverged. */
export function divergenceOf(
  run: Run,
  vocabulary: Vocabulary,
  options: DivergenceOptions,
  found?: Error,
): WordloomError | undefined {
  return found || hasDiverged(run, options) ? divergenceError(run, vocabulary, options) : undefined
}

/** The likely cause, steps that are too large, and the epoch and the word that show it. */
export function divergenceError(run: Run, vocabulary: Vocabulary, options: DivergenceOptions): WordloomError {
  const { control } = run
  const epoch = firstDiverged(run, options) ?? Math.min(control.epochsDone, control.epochs - 1)
  const word = firstLost(run, vocabulary)
  const shown = word === undefined ? '' : `, the vector of "${vocabulary.word(word)}" is not finite any more`
  return new WordloomError('usage', {
    action: 'train',
    found: say`the vectors grew past all bounds in epoch ${epoch + 1}${shown}, and ${option('learningRate')} is ${options.learningRate}`,
    cure: say`lower ${option('learningRate')} (0.025 is usual)`,
  })
}

/** The most frequent word with a row that is not finite. */
function firstLost({ memory }: Run, vocabulary: Vocabulary): number | undefined {
  for (let id = 0; id < vocabulary.size; id++)
    for (const { data, stride, columns } of [memory.input, memory.output]) {
      const start = memory.row(id) * stride
      for (let i = start; i < start + columns; i++) if (!Number.isFinite(data[i]!)) return id
    }
  return undefined
}
