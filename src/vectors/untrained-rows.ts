import type { Vocabulary } from '../text/index.js'

/** Architectures, as files name them, in which documents alone predict words, so that the rows of words never move. */
const LEAVING_WORDS: readonly (string | undefined)[] = ['pv-dbow']

/**
 * What there is to say of rows that were never trained, by the facts that came with them; none otherwise. Documents of the
 * same model have the same facts, but no counts, and rows that were given (`start`) may be anything.
 */
export function untrainedWarnings(
  { tokens }: Vocabulary,
  { architecture, start }: Readonly<Record<string, string>>,
): string[] {
  if (!LEAVING_WORDS.includes(architecture) || tokens === 0 || start !== undefined) return []
  return [
    `the vectors of words are as chance began them, since ${architecture} trains those of documents alone: search these, or train with another architecture`,
  ]
}
