import { endOrAbort, stopIfAborted } from '../../abort.js'
import { checkSavable, type FormatName } from '../../formats/index.js'
import { type EncodedCorpus, Vocabulary } from '../../text/index.js'
import type { TrainingOptions } from '../options/options.js'
import type { Start } from '../start/start.js'

/** Checks of the words before they are trained: what would be refused at the end is refused at the beginning. */
export interface WordQuestions {
  /** Where the vectors will be saved. Words that its format cannot hold are refused before training. */
  readonly output?: string | undefined
  /** The format of `output`, if its extension does not tell it. */
  readonly outputFormat?: FormatName | undefined
  /**
   * Called once, when it is known which words are trained: before the text is read if they are given, else after.
   * An error that it throws ends the call.
   */
  readonly onVocabulary?: ((vocabulary: Vocabulary) => void | Promise<void>) | undefined
  /** Called once after the text was read, if its documents have tags, which will be the names of their vectors. */
  readonly onTags?: ((tags: Vocabulary) => void | Promise<void>) | undefined
}

/** The words of a call that can be checked. */
interface Words extends WordQuestions {
  readonly vocabulary?: Vocabulary | undefined
  readonly signal?: AbortSignal | undefined
}

/** Checks words that are known without the text, before the text is read. */
export async function askBeforeText(
  { output, outputFormat: format, onVocabulary, vocabulary, signal }: Words,
  start: Start | undefined,
  { subwords }: TrainingOptions,
): Promise<void> {
  const known = vocabulary ?? (start?.continues ? start.vectors.vocabulary : undefined)
  if (output !== undefined)
    await checkSavable(output, { ...(format && { format }), subwords, vocabulary: known })
  if (vocabulary) await asked(onVocabulary, vocabulary, signal)
}

/** Checks the tags of the text, and its words, unless they were given. */
export async function askBeforeTraining(
  { output, outputFormat: format, onVocabulary, onTags, vocabulary: given, signal }: Words,
  { vocabulary, tags }: Pick<EncodedCorpus, 'vocabulary' | 'tags'>,
  { subwords }: TrainingOptions,
): Promise<void> {
  if (tags) await asked(onTags, Vocabulary.of(tags.names), signal)
  if (given) return
  if (output !== undefined) await checkSavable(output, { ...(format && { format }), subwords, vocabulary })
  await asked(onVocabulary, vocabulary, signal)
}

async function asked(
  onVocabulary: WordQuestions['onVocabulary'],
  vocabulary: Vocabulary,
  signal: AbortSignal | undefined,
): Promise<void> {
  await endOrAbort(onVocabulary?.(vocabulary), signal)
  stopIfAborted(signal)
}
