import { WordloomError, type Words } from '../../errors.js'
import { optionsIn, type TrainingOptions } from './options.js'

/**
 * The options that a file says its model was made with, which may be anything; undefined if it says none. Throws
 * `bad-data`: *Cannot `action`: …*
 */
export function toldOptions(
  metadata: Readonly<Record<string, string>>,
  action: Words,
): TrainingOptions | undefined {
  try {
    return optionsIn(metadata)
  } catch (cause) {
    const isOurs = cause instanceof WordloomError
    if (!isOurs && !(cause instanceof SyntaxError || cause instanceof TypeError)) throw cause
    throw new WordloomError(
      'bad-data',
      {
        action,
        place: { part: 'metadata "options"' },
        found: isOurs ? cause.finding : `it is ${JSON.stringify(metadata.options?.slice(0, 60))}`,
        expected: 'the options of the training, as JSON',
        cure: 'fetch the file of the model again, or train it again',
      },
      { cause },
    )
  }
}
