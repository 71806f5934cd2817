import { SENTENCE_END, type TokenIds } from '../../ids/index.js'
import { keptTags, type SentenceTags } from './sentence-tags.js'

/** Numbers looked at together. */
const PART = 1 << 16

/** What the sentences of a text are called. */
export interface SentenceNames {
  /** By sentence, its line of the text, from 0. */
  readonly lines: Float64Array
  /** Undefined if documents have no tags. */
  readonly tags?: SentenceTags | undefined
}

/** The names of the sentences that are left when a table gives numbers ids, −1 to words that are not kept. */
export function keptNames({ lines, tags }: SentenceNames, ids: TokenIds, table: Int32Array): SentenceNames {
  const kept = keptSentences(ids, table, lines.length)
  return { lines: lines.filter((_, sentence) => kept[sentence] === 1), tags: tags && keptTags(tags, kept) }
}

/** By sentence, 1 if some word of it has an id. */
function keptSentences(ids: TokenIds, table: Int32Array, sentences: number): Uint8Array {
  const kept = new Uint8Array(sentences)
  const part = new Int32Array(PART)
  let sentence = 0
  for (let from = 0; from < ids.length; from += PART) {
    const count = Math.min(PART, ids.length - from)
    ids.read(from, from + count, part)
    for (let i = 0; i < count; i++) {
      if (part[i] === SENTENCE_END) sentence++
      else if (table[part[i]!]! >= 0) kept[sentence] = 1
    }
  }
  return kept
}
