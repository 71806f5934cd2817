import type { WordVectors } from '../../vectors/index.js'

export interface WeightedWord {
  readonly word: string
  readonly weight: number
}

/** "king:2" is king with weight 2, unless the vectors have "king:2" itself. */
export function weightedWord(text: string, vectors: WordVectors): WeightedWord {
  const parts = /^(.+):(\d+\.?\d*|\.\d+)$/s.exec(text)
  if (parts === null || vectors.has(text)) return { word: text, weight: 1 }
  return { word: parts[1]!, weight: Number(parts[2]) }
}
