// What src/text/numbering/text-kernel.ts may call. One instance reads one text and owns its memory, so that, unlike
// the training kernels, it keeps its state in globals.

export { knowLetters } from './characters'
export { piece, scan } from './scan'
export { ids, kinds, lowerCases, TEXT_BYTES, text, word } from './text-memory'
export {
  clearIds,
  endSentence,
  idCount,
  learnWord,
  sentences,
  settle,
  tokens,
  wordToken,
} from './token-stream'
export { arena, freeze, records, size, start } from './word-table'
