import { option, say, WordloomError } from '../errors.js'
import { createSpool } from '../files/index.js'
import { TokenIds, worthPacking } from '../ids/index.js'
import { numberingFor } from './chosen-numbering.js'
import { DocumentNumbering } from './numbering/document-numbering.js'
import type { Numbering } from './numbering/numbering.js'
import type { SentenceTags } from './numbering/sentence-tags.js'
import { readCorpus } from './reading/corpus.js'
import type { CorpusFacts, ReadTokensOptions } from './reading/corpus-facts.js'
import type { CorpusSource } from './reading/corpus-source.js'
import { MAX_TOKEN_BYTES } from './scanning/scanner.js'
import type { Tokenizer } from './scanning/tokenizers.js'
import type { LeftOutWords } from './vocabulary/left-out-words.js'
import type { Vocabulary, VocabularyLimits } from './vocabulary/vocabulary.js'

export interface EncodeOptions extends VocabularyLimits, ReadTokensOptions {
  /** Default 'words'. */
  tokenizer?: Tokenizer | undefined
  /** Words to keep, whatever their counts here; otherwise they are counted, with minCount (default 5) and maxWords. */
  vocabulary?: Vocabulary | undefined
  /** Words to keep beside those that are counted, with counts to which those of the text are added. */
  known?: Vocabulary | undefined
  /** Remember the line and the tags of each sentence: `lines` and `tags` of the result. Default false. */
  documents?: boolean | undefined
  /** Threads that number words, if there is much text; the result does not depend on them. Default 1. */
  threads?: number | undefined
  /** Bytes of memory for ids; those beyond go to a temporary file. Default 1 GiB. */
  idMemory?: number | undefined
  /** Longer tokens are passed over, in bytes of UTF-8; 1,000 at most, and by default. */
  maxTokenBytes?: number | undefined
}

const ID_MEMORY = 2 ** 30

export interface EncodedCorpus {
  vocabulary: Vocabulary
  /** The text as ids of the vocabulary, other words left out; −1 after each sentence. To be closed if it is large. */
  ids: TokenIds
  facts: CorpusFacts
  /** Different words of the text, those left out included; undefined if a vocabulary was given. */
  different?: number | undefined
  /** The most frequent of the words that minCount and maxWords left out, 64 KB of them at most. */
  leftOut?: LeftOutWords | undefined
  /** By id, how often the text has the word, if the vocabulary counts more than this text (`known`). */
  textCounts?: Float64Array | undefined
  /** With `documents`, the line of the text, from 0, that each sentence of `ids` is. */
  lines?: Float64Array
  /** With `documents` that have tags: those of each sentence of `ids`. */
  tags?: SentenceTags | undefined
}

/**
 * Turns a text into a vocabulary and ids, reading it once; it takes 4 bytes a token, of memory and then of a
 * temporary file, which is gone when `ids.close()` is called or the process ends. Throws what readTokens throws,
 * `bad-data` if fewer than two words are left, `not-written` if the temporary file has no room.
 */
export async function encodeCorpus(
  source: CorpusSource,
  options: EncodeOptions = {},
): Promise<EncodedCorpus> {
  const ids = new TokenIds({ memory: options.idMemory ?? ID_MEMORY, open: createSpool })
  try {
    return await encodeInto(ids, source, options)
  } catch (error) {
    ids.close()
    throw error
  }
}

async function encodeInto(
  ids: TokenIds,
  source: CorpusSource,
  options: EncodeOptions,
): Promise<EncodedCorpus> {
  const { tokenizer = 'words', threads = 1 } = options
  const numbering: Numbering = options.documents
    ? new DocumentNumbering(tokenizer, ids, options.vocabulary)
    : numberingFor(tokenizer, ids, threads, options.vocabulary)
  try {
    return await number(numbering, ids, source, options)
  } finally {
    await numbering.close?.()
  }
}

async function number(
  numbering: Numbering,
  ids: TokenIds,
  source: CorpusSource,
  options: EncodeOptions,
): Promise<EncodedCorpus> {
  const { minCount = 5, maxWords, maxTokenBytes, known, keep } = options
  const facts = await readCorpus(source, numbering, options)
  refuseEmpty(facts)
  const numbered = await numbering.finish({ minCount, maxWords, maxTokenBytes, known, keep })
  const { vocabulary, ids: finalIds, textCounts, leftOut, tooLong = 0 } = numbered
  warnOfSkipped(facts, tooLong, options)
  if (options.vocabulary) refuseUnknown(facts, ids)
  else if (textCounts) refuseStrange(facts, textCounts, minCount)
  else refuseRare(facts, numbering.size, vocabulary.size, minCount)
  if (finalIds) ids.renumber(finalIds, worthPacking(vocabulary.counts))
  else ids.trim()
  const names = numbering instanceof DocumentNumbering ? numbering.names : undefined
  const different = options.vocabulary ? undefined : numbering.size
  return { vocabulary, ids, facts, different, leftOut, textCounts, ...names }
}

function warnOfSkipped(
  facts: CorpusFacts,
  tooLong: number,
  { maxTokenBytes, onWarning }: EncodeOptions,
): void {
  const skipped = facts.skippedTokens + tooLong
  const most = (maxTokenBytes ?? MAX_TOKEN_BYTES).toLocaleString('en')
  if (skipped > 0)
    onWarning?.(`${nameOf(facts)}: ${count(skipped, 'token')} of more than ${most} bytes passed over`)
}

function refuseEmpty(facts: CorpusFacts): void {
  if (facts.tokens > 0) return
  const found =
    facts.skippedTokens > 0 ? 'only tokens over 1,000 bytes' : facts.bytes > 0 ? 'no words' : 'nothing'
  throw new WordloomError('bad-data', {
    place: { file: nameOf(facts) },
    found: `it holds ${found}`,
    cure: 'give text with words to learn',
  })
}

export function refuseRare(facts: CorpusFacts, found: number, kept: number, minCount: number): void {
  if (kept >= 2) return
  const name = nameOf(facts)
  const words = count(found, 'different word')
  if (kept === 0)
    throw new WordloomError('bad-data', {
      place: { file: name },
      found: `there ${found === 1 ? 'is' : 'are'} ${words}, and none occurs ${count(minCount, 'time')} or more`,
      expected: 'at least two words to learn',
      cure: say`lower ${option('minCount')}, or give more text`,
    })
  throw new WordloomError('bad-data', {
    place: { file: name },
    found: found === 1 ? 'there is only one different word' : `of ${words} only one is kept`,
    expected: 'at least two words to learn',
    cure: say`lower ${option('minCount')}, or give more text`,
  })
}

export function refuseUnknown(facts: CorpusFacts, { tokens }: TokenIds): void {
  if (tokens > 0) return
  throw new WordloomError('bad-data', {
    place: { file: nameOf(facts) },
    found: `none of its ${count(facts.tokens, 'token')} is in the vocabulary given`,
    cure: 'check that both were tokenised alike',
  })
}

/** Neither known words nor new ones. */
function refuseStrange(facts: CorpusFacts, textCounts: Float64Array, minCount: number): void {
  if (textCounts.some(count => count > 0)) return
  throw new WordloomError('bad-data', {
    place: { file: nameOf(facts) },
    found: `none of its ${count(facts.tokens, 'token')} is a known word, and no other word occurs ${count(minCount, 'time')} or more`,
    cure: say`check that both texts were tokenised alike, or lower ${option('minCount')}`,
  })
}

function nameOf({ files }: CorpusFacts): string {
  if (files.length === 0) return 'the text given'
  const first = files[0] === '-' ? 'standard input' : files[0]!
  return files.length === 1 ? first : `${first} and ${count(files.length - 1, 'file')} more`
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`
}
