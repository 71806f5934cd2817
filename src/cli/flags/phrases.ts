import { readPhrases } from '../../phrases/index.js'
import type { WordVectors } from '../../vectors/index.js'
import { grouped } from '../terminal/figures.js'
import { warn } from '../terminal/terminal.js'

/** Texts are joined as the training text was. */
export const phrasesFlag = {
  phrases: { kind: 'file', use: 'read', help: 'phrases to join in the text, as in training' },
} as const

/**
 * What joins the phrases in the words of a text; it leaves them as they are if none are given, and a warning tells of a
 * model that was trained with some.
 */
export async function joinerFor(
  { metadata: { phrases: trained } }: Pick<WordVectors, 'metadata'>,
  { phrases }: { readonly phrases?: string | undefined },
): Promise<(words: readonly string[]) => readonly string[]> {
  if (phrases !== undefined) {
    const joining = await readPhrases(phrases)
    return words => joining.apply(words)
  }
  if (trained !== undefined) warn(withoutPhrases(Number(trained)))
  return words => words
}

function withoutPhrases(count: number): string {
  const phrases = count === 1 ? '1 phrase' : `${grouped(count)} phrases`
  return `the model was trained on text with ${phrases} joined, and here none are: give them with --phrases`
}
