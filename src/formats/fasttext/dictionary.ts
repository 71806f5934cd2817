import type { ByteReader } from '../../tensors/index.js'
import { Vocabulary } from '../../text/index.js'
import { WordTable } from '../../text/inner.js'
import { shortEnough } from '../chunks.js'
import type { ReadOptions } from '../format.js'
import { AGAIN, NONE_WANTED, unholdable } from '../refusals.js'
import { LONGEST_WORD } from '../selection/collected-vectors.js'
import { WantedWords } from '../selection/wanted-words.js'

/** The words of a fastText file. */
export interface FastTextDictionary {
  /** Those that were asked for, in the order of the file. */
  vocabulary: Vocabulary
  /** Their rows in the file, rising. */
  ids: Uint32Array
  /** How many words and labels there are in all. */
  words: number
  labels: number
  /** Of the text, those that are none of the words among them. */
  tokens: number
  warnings: readonly string[]
}

export const WORD = 0
export const LABEL = 1
/** The NUL that ends a word, its count and its kind. */
export const LEAST_ENTRY_BYTES = 1 + 8 + 1

/**
 * Takes the dictionary: int32 entries, words and labels, int64 tokens, from version 11 on int64 how many buckets
 * were kept by pruning (−1 if nothing was pruned); then for each entry its bytes, a NUL, its count as int64 and
 * one byte, 0 for a word and 1 for a label. `seen` is told of every word, and whether it is taken. Throws `bad-data`, before anything is allocated for it.
 */
export async function takeDictionary(
  reader: ByteReader,
  version: number,
  { limit = Number.POSITIVE_INFINITY, words: asked }: ReadOptions,
  seen?: (word: Uint8Array, isTaken: boolean) => void,
): Promise<FastTextDictionary> {
  const { words, labels, tokens, kept } = await takeSizes(reader, version)
  if (kept !== undefined) throw pruned(reader)
  const wanted = asked && new WantedWords(asked)
  const table = new WordTable()
  const [counts, ids]: [number[], number[]] = [[], []]
  for (let id = 0; id < words + labels; id++) {
    const { end, count } = await takeEntry(reader, id, id < words ? WORD : LABEL)
    const start = reader.position
    reader.position = end + LEAST_ENTRY_BYTES
    const isTaken = id < words && ids.length < limit && (wanted?.has(reader.bytes, start, end) ?? true)
    if (id < words) seen?.(reader.bytes.subarray(start, end), isTaken)
    if (!isTaken) continue
    if (table.add(reader.bytes, start, end) < ids.length)
      throw reader.error({
        place: { part: `word ${id}` },
        found: `"${decode(reader.bytes.subarray(start, end))}" is there twice`,
        expected: 'words that differ',
      })
    counts.push(count)
    ids.push(id)
  }
  if (ids.length === 0) throw reader.error(NONE_WANTED)
  const warnings = wanted?.warnings(reader.name, ids.length, limit) ?? []
  const vocabulary = new Vocabulary(table, Float64Array.from(counts))
  return { vocabulary, ids: Uint32Array.from(ids), words, labels, tokens, warnings }
}

/** The dictionary in bytes. Throws `bad-data` for a word with a NUL in it. */
export function* encodeDictionary(vocabulary: Vocabulary, tokens: number): Generator<Uint8Array> {
  const { size, counts } = vocabulary
  yield encodeSizes({ words: size, labels: 0, tokens: Math.max(tokens, vocabulary.tokens), kept: undefined })
  for (let id = 0; id < size; id++) yield* encodeEntry(wordWithoutNul(vocabulary, id), counts[id]!, WORD)
}

/** What a dictionary of version 11 or 12 begins with. */
export function encodeSizes({ words, labels, tokens, kept = -1 }: DictionarySizes): Uint8Array {
  const sizes = new DataView(new ArrayBuffer(3 * 4 + 2 * 8))
  for (const [place, n] of [words + labels, words, labels].entries()) sizes.setInt32(4 * place, n, true)
  sizes.setBigInt64(12, BigInt(Math.round(tokens)), true)
  sizes.setBigInt64(20, BigInt(kept), true)
  return new Uint8Array(sizes.buffer)
}

/** A word or label without a NUL in it, its count and its kind. */
export function* encodeEntry(word: Uint8Array, count: number, kind: number): Generator<Uint8Array> {
  yield word
  const rest = new DataView(new ArrayBuffer(LEAST_ENTRY_BYTES))
  rest.setBigInt64(1, BigInt(Math.round(count)), true)
  rest.setUint8(9, kind)
  yield new Uint8Array(rest.buffer)
}

/** How many entries a dictionary has. */
export interface DictionarySizes {
  readonly words: number
  readonly labels: number
  /** Of the text. */
  readonly tokens: number
  /** Buckets of n-grams that have a row, if others were taken away. */
  readonly kept: number | undefined
}

/** Takes the sizes that a dictionary begins with. Throws `bad-data` if the file has no room for it. */
export async function takeSizes(reader: ByteReader, version: number): Promise<DictionarySizes> {
  const bytes = version === 0 ? 20 : 28
  if (!(await reader.fill(bytes))) throw reader.cutOff('the sizes of the dictionary')
  const view = new DataView(reader.bytes.buffer, reader.bytes.byteOffset + reader.position, bytes)
  const [size, words, labels] = [0, 4, 8].map(at => view.getInt32(at, true)) as [number, number, number]
  const tokens = view.getBigInt64(12, true)
  reader.position += bytes
  if (words < 1 || labels < 0 || size !== words + labels || tokens < 0n)
    throw reader.error({
      found: `the dictionary of the fastText file announces ${size} entries, ${words} words, ${labels} labels and ${tokens} tokens of text: it is damaged`,
      expected: 'as many entries as words and labels',
      cure: AGAIN,
    })
  const kept = version === 0 ? -1 : Number(view.getBigInt64(20, true))
  const rest = reader.size === undefined ? Number.POSITIVE_INFINITY : reader.size - reader.offset
  if (size * LEAST_ENTRY_BYTES > rest)
    throw reader.error({
      found: `the fastText file announces ${size.toLocaleString('en')} words and labels, but ${rest.toLocaleString('en')} bytes follow: it was cut off or is damaged`,
      expected: `at least ${(size * LEAST_ENTRY_BYTES).toLocaleString('en')} bytes`,
      cure: AGAIN,
    })
  return { words, labels, tokens: Number(tokens), kept: kept < 0 ? undefined : kept }
}

/** Where the next entry's word ends, within the reader's bytes, and its count; nothing is taken yet. */
export async function takeEntry(
  reader: ByteReader,
  id: number,
  kind: number,
): Promise<{ end: number; count: number }> {
  const enough = LONGEST_WORD + LEAST_ENTRY_BYTES
  if (reader.available < enough && !reader.ended) await reader.fill(enough)
  const { bytes, position } = reader
  const end = bytes.indexOf(0, position)
  if (end > position + LONGEST_WORD || (end < 0 && reader.available >= enough))
    throw reader.error({
      place: { byte: reader.offset, part: `word ${id}` },
      found: 'it does not end within 64 KB: the file is damaged',
      cure: AGAIN,
    })
  if (end < 0 || end + LEAST_ENTRY_BYTES > bytes.length) throw reader.cutOff(`word ${id}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset + end + 1, 9)
  const count = Number(view.getBigInt64(0, true))
  if (count < 0 || view.getUint8(8) !== kind)
    throw reader.error({
      place: { byte: reader.offset, part: `entry ${id} of the dictionary` },
      found: `its count is ${count} and its kind ${view.getUint8(8)}: the file is damaged`,
      expected: `a count from 0 and the kind ${kind}`,
      cure: AGAIN,
    })
  return { end, count }
}

export function pruned(reader: ByteReader) {
  return reader.error({
    found: 'this is a quantised fastText model (.ftz), whose numbers are rounded to codes',
    cure: 'give the .bin file from which it was made; if it is a classifier, loadClassifier reads it',
  })
}

/** Throws `bad-data` if a NUL would end the word too soon. */
export function wordWithoutNul(vocabulary: Vocabulary, id: number): Uint8Array {
  const bytes = shortEnough(vocabulary, id, "fastText's format")
  if (bytes.includes(0)) throw unholdable(vocabulary, id, 'has a NUL in it', "fastText's format")
  return bytes
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
