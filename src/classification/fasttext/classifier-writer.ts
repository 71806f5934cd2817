import { encodeEntry, encodeHeader, encodeSizes, LABEL, WORD, wordWithoutNul } from '../../formats/inner.js'
import { bytesOf } from '../../tensors/index.js'
import type { ClassifierParts } from '../classifier.js'
import { CodedRows } from '../rows.js'
import { headerOf, tokensOf } from './classifier-settings.js'
import { labelNames } from './label-names.js'
import { codedRows, plainRows } from './written-rows.js'

/**
 * A file of version 12. fastText takes the rows of some buckets alone only as codes; of plain rows every bucket has one,
 * zeros if no text of the training had an n-gram of it. Throws `bad-data` for labels and words that it has no room for.
 */
export function* classifierPieces(parts: ClassifierParts): Generator<Uint8Array> {
  const { words, labels, kept, settings, input, output } = parts
  const { names } = labelNames(parts)
  const isCoded = input instanceof CodedRows
  yield encodeHeader(headerOf(parts))
  yield encodeSizes({
    words: words.size,
    labels: labels.size,
    tokens: tokensOf(parts),
    kept: isCoded ? kept?.size : undefined,
  })
  for (let id = 0; id < words.size; id++)
    yield* encodeEntry(wordWithoutNul(words, id), words.counts[id]!, WORD)
  for (const [id, name] of names.entries()) yield* encodeEntry(name, labels.counts[id]!, LABEL)
  if (isCoded && kept) for (const pair of kept) yield bytesOf(Int32Array.from(pair))
  yield Uint8Array.of(isCoded ? 1 : 0)
  if (isCoded) yield* codedRows(input)
  else yield* plainRows(input, words.size + settings.buckets, placesOf(words.size, kept))
  yield Uint8Array.of(output instanceof CodedRows ? 1 : 0)
  if (output instanceof CodedRows) yield* codedRows(output)
  else yield* plainRows(output, labels.size, i => (i < output.rows ? i : undefined)) // a tree has a node less
}

/** Where the row of each word, then of each bucket, lies. */
function placesOf(words: number, kept: ReadonlyMap<number, number> | undefined) {
  return (i: number) => {
    if (i < words || !kept) return i
    const place = kept.get(i - words)
    return place === undefined ? undefined : words + place
  }
}
