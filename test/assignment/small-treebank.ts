import { type Treebank, treebankOf } from '#assignment/treebank'
import { DRAWN_WORDS } from '#assignment/word-plane'

/** The same sentences each time, of rare words, since sub-sampling would drop most others; the map's words are there. */
export function smallSentences(): string[][] {
  const drawn = Object.values(DRAWN_WORDS).flat()
  const words = [...drawn, ...Array.from({ length: 400 }, (_, n) => `word${n}`)]
  return Array.from({ length: 200 }, (_, s) =>
    Array.from({ length: 8 + (s % 9) }, (_, t) => words[(s * 17 + t * t * 31 + s * t) % words.length]),
  )
}

export function smallTreebank(): Treebank {
  return treebankOf(smallSentences())
}

/** The text of a datasetSentences.txt. */
export function sentencesText(sentences: readonly (readonly string[])[]): string {
  const lines = sentences.map((words, i) => `${i + 1}\t${words.join(' ')}`)
  return `sentence_index\tsentence\n${lines.join('\n')}\n`
}
