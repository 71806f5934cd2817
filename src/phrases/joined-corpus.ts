import { createSpool } from '../files/index.js'
import { worthPacking } from '../ids/index.js'
import {
  type CorpusFacts,
  type CorpusSource,
  type EncodedCorpus,
  type EncodeOptions,
  encodeCorpus,
  type LeftOutWords,
  SENTENCE_END,
  TokenIds,
  type Vocabulary,
  VocabularyBuilder,
} from '../text/index.js'
import { keptNames, refuseRare, refuseUnknown } from '../text/inner.js'
import { type IdSink, pour } from './id-sink.js'
import { joinedInto, joinTable } from './join-tables.js'
import { JoinedWords } from './joined-words.js'
import type { Phrases } from './phrases.js'

const ID_MEMORY = 2 ** 30

/**
 * `encodeCorpus` with phrases joined: the same vocabulary and ids as of a text in which they are written as words. It
 * takes the memory of ids twice, while they are joined. Throws what encodeCorpus throws.
 */
export async function encodeJoined(
  source: CorpusSource,
  phrases: Phrases,
  options: EncodeOptions,
): Promise<EncodedCorpus> {
  const { vocabulary: _, maxWords: __, ...rest } = options
  const plain = await encodeCorpus(source, { ...rest, minCount: 1 })
  const joined = new TokenIds({ memory: options.idMemory ?? ID_MEMORY, open: createSpool })
  try {
    const words = new JoinedWords(plain.vocabulary)
    const counts = await joinIds(plain.ids, words, phrases, joined, options.signal)
    const { vocabulary, table, found, leftOut } = numbered(words, counts, options)
    const facts = { ...plain.facts, tokens: joined.tokens }
    const { lines, tags } = plain
    const names = lines && keptNames({ lines, tags }, joined, table)
    joined.renumber([table], worthPacking(vocabulary.counts))
    refuse(facts, joined, found, vocabulary, options)
    return {
      vocabulary,
      ids: joined,
      facts,
      different: options.vocabulary ? undefined : found,
      leftOut,
      ...names,
    }
  } catch (error) {
    joined.close()
    throw error
  } finally {
    plain.ids.close()
  }
}

/** Writes the ids of the joined text; gives how often each was written. */
async function joinIds(
  ids: TokenIds,
  words: JoinedWords,
  phrases: Phrases,
  joined: TokenIds,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const sink = joinedTextInto(words, phrases, {
    word(id) {
      counts[id]!++
      joined.push(id)
    },
    endSentence: () => joined.push(SENTENCE_END),
  })
  const counts = new Float64Array(words.size) // known once the phrases are in
  await pour(ids, sink, signal)
  return counts
}

/** Joins phrases in the ids of `words`, to which it adds the phrases. */
export function joinedTextInto(words: JoinedWords, phrases: Phrases, sink: IdSink): IdSink {
  const { passes, connectors, separator } = phrases
  const tables = passes.map(pass => joinTable(pass, words, connectors, separator))
  return joinedInto(tables, sink)
}

/** The vocabulary of the joined text, and the id in it of each word; −1 if it is not kept. */
function numbered(
  words: JoinedWords,
  counts: Float64Array,
  { vocabulary, minCount = 5, maxWords, keep }: EncodeOptions,
): { vocabulary: Vocabulary; table: Int32Array; found: number; leftOut?: LeftOutWords } {
  const seen = Array.from(counts.keys()).filter(id => counts[id]! > 0)
  const table = new Int32Array(words.size).fill(-1)
  if (vocabulary) {
    for (const id of seen) table[id] = vocabulary.find(words.bytes(id))
    return { vocabulary, table, found: seen.length }
  }
  const builder = new VocabularyBuilder()
  for (const id of seen) {
    const bytes = words.bytes(id)
    builder.add(bytes, 0, bytes.length, counts[id]!)
  }
  const ordered = builder.finish({ minCount, maxWords, keep })
  for (const [i, id] of seen.entries()) table[id] = ordered.ids[i]!
  const { leftOut } = ordered
  return { vocabulary: ordered.vocabulary, table, found: seen.length, leftOut }
}

function refuse(
  facts: CorpusFacts,
  ids: TokenIds,
  found: number,
  vocabulary: Vocabulary,
  options: EncodeOptions,
): void {
  if (options.vocabulary) refuseUnknown(facts, ids)
  else refuseRare(facts, found, vocabulary.size, options.minCount ?? 5)
}
