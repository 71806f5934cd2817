// What src/math/text-kernel.ts may call. One instance reads one text and owns its memory, so that, unlike the
// training kernels, it keeps its state in globals.

export { piece, scan } from './scan'
export { ids, TEXT_BYTES, text, word } from './text-memory'
export { clearIds, endSentence, idCount, learnWord, sentences, tokens, wordToken } from './token-stream'
export { arena, freeze, records, size, start } from './word-table'
