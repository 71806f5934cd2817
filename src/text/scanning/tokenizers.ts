import { option, say, WordloomError } from '../../errors.js'
import { LineScanner, type TokenizerFunction } from './lines.js'
import type { Scanner, TokenSink } from './scanner.js'
import { WhitespaceScanner } from './whitespace.js'
import { WordsScanner } from './words.js'

/**
 * The tokenizers that have a name. In all of them a line is a sentence: LF (or CR LF) ends it, however long it
 * is, and so does the end of a file; CR alone, U+0085, U+2028, no-break spaces and NUL end no sentence. A byte
 * order mark counts as one only at the very start of a file. Nothing is normalised beyond what stands here.
 */
export const tokenizers = {
  /**
   * Lower-cased words: letters, marks, digits and underscores of any script, with apostrophes inside (don't;
   * ’ becomes ') and the other signs that join a word (l·l), without what is not to be seen (soft hyphens). Chinese,
   * Japanese, Thai, Lao, Khmer and Burmese are segmented by the dictionaries of Intl.Segmenter. All else, bytes that
   * are not UTF-8 included, separates words.
   */
  words: (sink: TokenSink): Scanner => new WordsScanner(sink),
  /**
   * For text that is tokenised already: whatever stands between spaces, tabs, CR, VT and FF, byte for byte,
   * case and punctuation kept.
   */
  whitespace: (sink: TokenSink): Scanner => new WhitespaceScanner(sink),
} as const

export type TokenizerName = keyof typeof tokenizers

/**
 * A tokenizer by name, or a function. A function is given one line at a time, without its line break; a line
 * over 64 KB in pieces cut at white space, over which the sentence goes on.
 */
export type Tokenizer = TokenizerName | TokenizerFunction

/** A scanner that passes its tokens to `sink`. Throws `usage` if there is no such tokenizer. */
export function scannerFor(tokenizer: Tokenizer, sink: TokenSink): Scanner {
  if (typeof tokenizer === 'function') return new LineScanner(sink, tokenizer)
  if (Object.hasOwn(tokenizers, tokenizer)) return tokenizers[tokenizer](sink)
  throw new WordloomError('usage', {
    action: 'read a text',
    found: say`${option('tokenizer')} is ${JSON.stringify(tokenizer)}`,
    expected: `one of ${Object.keys(tokenizers).join(', ')}, or a function`,
  })
}

/** The tokens of a text, its sentences joined. */
export function tokenize(text: string, tokenizer: Tokenizer = 'words'): string[] {
  const tokens: string[] = []
  const scanner = scannerFor(tokenizer, {
    token: (bytes, start, end) => void tokens.push(decoder.decode(bytes.subarray(start, end))),
    endSentence: () => {},
  })
  scanner.write(encoder.encode(text))
  scanner.end()
  return tokens
}

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
