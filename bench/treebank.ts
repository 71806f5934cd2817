import { readTreebank } from 'wordloom/assignment'
import { SENTENCE_END, type Vocabulary } from 'wordloom/text'
import type { TrainingOptions } from 'wordloom/training'
import { keyOf, Purpose } from '#math/random'
import { pairs } from '#reference/kept-tokens'
import { keepThresholds } from '#training/memory/first-contents'
import { requireData } from './corpus.js'
import type { Pairs } from './pair-losses.js'

/** The sentences of the treebank, lower-case words. */
export interface TreebankText {
  readonly trained: readonly (readonly string[])[]
  /** Every twentieth, which nothing learns from. */
  readonly setAside: readonly (readonly string[])[]
}

const SET_ASIDE_EVERY = 20

/** Throws `no-input` where there is no treebank. */
export async function readTreebankText(given: string | undefined): Promise<TreebankText> {
  const path = given ?? requireData('sst/datasetSentences.txt', 'give datasetSentences.txt with --treebank')
  const { words, ids, starts } = await readTreebank(path)
  const sentences = Array.from({ length: starts.length - 1 }, (_, s) =>
    Array.from(ids.subarray(starts[s], starts[s + 1]), id => words[id]!),
  )
  const isSetAside = (_: unknown, s: number) => s % SET_ASIDE_EVERY === SET_ASIDE_EVERY - 1
  return {
    trained: sentences.filter((sentence, s) => !isSetAside(sentence, s)),
    setAside: sentences.filter(isSetAside),
  }
}

/** The pairs of sentences as training makes them, with draws of sub-sampling and windows that never change. */
export function pairsOf(
  sentences: readonly (readonly string[])[],
  vocabulary: Vocabulary,
  { window, subsampling, seed }: TrainingOptions,
): Pairs {
  const known = (word: string) => vocabulary.idOf(word) ?? []
  const ids = Int32Array.from(sentences.flatMap(sentence => [...sentence.flatMap(known), SENTENCE_END]))
  const settings = {
    window,
    keep: keepThresholds(vocabulary, subsampling),
    keepKey: keyOf(seed, Purpose.heldOut, Purpose.subsampling),
    windowKey: keyOf(seed, Purpose.heldOut, Purpose.window),
  }
  const found: number[][] = Array.from({ length: vocabulary.size }, () => [])
  const all = { ids, first: 0, last: ids.length, position: 0 }
  for (const { center, outside } of pairs(all, settings)) found[center]!.push(outside)
  return found
}
