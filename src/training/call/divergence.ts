import { WordloomError } from '../../errors.js'
import { objectiveOf } from '../../reference/index.js'
import type { Vocabulary } from '../../text/index.js'
import type { TrainingOptions } from '../options/options.js'
import type { Run } from '../run/prepare.js'

/** A run that comes to so many times what a pair costs before the first step has lost its way. */
const RUNAWAY = 25

/** Whether the loss of some epoch so far is no number, or one that only a run that diverges has. */
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

/** The cause, as far as it can be seen: steps that are too large, and where they show. */
export function divergenceError(run: Run, vocabulary: Vocabulary, options: DivergenceOptions): WordloomError {
  const { control } = run
  const epoch = firstDiverged(run, options) ?? Math.min(control.epochsDone, control.epochs - 1)
  const word = firstLost(run, vocabulary)
  const shown =
    word === undefined ? '' : `; the vector of "${vocabulary.word(word)}" holds no numbers any more`
  return new WordloomError(
    'usage',
    `the vectors grew past all bounds in epoch ${epoch + 1}; learningRate is ${options.learningRate}, try a lower one (0.025 is usual)${shown}`,
  )
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
