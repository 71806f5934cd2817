import type { Words } from '../../errors.js'
import type { Phrases } from '../../phrases/index.js'
import type { KeepingOptions, Hooks as RunHooks } from '../../runs/index.js'
import type { Vocabulary } from '../../text/index.js'
import type { TrainingOptions } from '../options/options.js'
import type { StartCall } from '../start/start.js'
import type { StartFacts } from '../start-facts.js'
import type { Moment } from './moment.js'
import type { Progress } from './progress.js'
import type { WordQuestions } from './word-questions.js'

/** Called while training waits for the end of the call; an error thrown there ends training. */
export type Hooks = RunHooks<Moment>

/** Training options, and options that are not written into the file. */
export interface TrainCall extends Partial<TrainingOptions>, StartCall, KeepingOptions, Hooks, WordQuestions {
  /** Called about ten times a second, and at the end of reading and of training. */
  readonly onProgress?: (progress: Progress) => void
  /** Called once before training begins, if it starts from vectors or goes on with a model. */
  readonly onStart?: (facts: StartFacts) => void
  /** Ends training early with an `aborted` error; with `checkpoint`, what was learned is kept there first. */
  readonly signal?: AbortSignal
  /** An event `checkpoint` on it has a checkpoint written soon. */
  readonly checkpointNow?: EventTarget
  /** Called before the text is read, with the checkpoint that the run goes on from. */
  readonly onResume?: (from: { path: string; epoch: number; damaged: readonly string[] }) => void
  /**
   * Called with a sentence for each part of the text that was passed over, and for what the call may not mean. `words`
   * are the sentence with its options as data.
   */
  readonly onWarning?: (sentence: string, words: Words) => void
  /** Words and counts to use instead of counting the text's own. */
  readonly vocabulary?: Vocabulary
  /** Phrases to join before words are counted: each is then a word. */
  readonly phrases?: Phrases
}
