import { option, say, WordloomError } from '../../errors.js'
import { SENTENCE_END, type TokenIds } from '../../ids/index.js'
import { architectureOf, type DocumentLists } from '../../reference/index.js'
import type { SentenceTags } from '../../text/index.js'
import type { TrainingOptions } from '../options/options.js'
import { BLOCK, type BlockRange, blocksIn } from './blocks.js'

/** Where the input rows of documents lie, and which document each block of the text begins with. */
export interface DocumentRows {
  /** The row of the first document or tag, behind those of the words. */
  readonly first: number
  /** Rows: one a document, or one a tag. */
  readonly count: number
  /** If documents have tags, one each: by document, its row. */
  readonly rows?: Uint32Array | undefined
  /** If documents have several tags: by document, its rows. */
  readonly lists?: DocumentLists | undefined
  /** By block: documents that end before it. */
  readonly endedBefore: Uint32Array
}

/**
 * Every sentence is a document, in the order of the text, with a row of its own or those of its tags; undefined if documents are not learned. Throws
 * `usage` for options that mean nothing then.
 */
export function documentRows(
  ids: TokenIds,
  words: number,
  { architecture, heldOut }: TrainingOptions,
  tags?: SentenceTags,
): DocumentRows | undefined {
  if (!architectureOf(architecture).hasDocuments) return undefined
  if (heldOut > 0)
    throw new WordloomError('usage', {
      action: 'train',
      found: say`${option('heldOut')} is ${heldOut}, and ${architecture} cannot predict documents that were set aside, since it never learned them`,
      cure: say`leave ${option('heldOut')} out`,
    })
  const endedBefore = new Uint32Array(blocksIn(ids.length))
  const block = new Int32Array(BLOCK)
  let ended = 0
  for (const index of endedBefore.keys()) {
    endedBefore[index] = ended
    const from = index * BLOCK
    const to = Math.min(from + BLOCK, ids.length)
    ids.read(from, to, block)
    for (let i = 0; i < to - from; i++) if (block[i] === SENTENCE_END) ended++
  }
  return { first: words, count: tags?.names.length ?? ended, endedBefore, ...(tags && tagRows(tags, words)) }
}

function tagRows({ starts, tags }: SentenceTags, first: number): Pick<DocumentRows, 'rows' | 'lists'> {
  const rows = tags.map(tag => first + tag)
  let longest = 1
  for (let i = 1; i < starts.length; i++) longest = Math.max(longest, starts[i]! - starts[i - 1]!)
  return longest === 1 ? { rows } : { lists: { starts, rows, longest } }
}

/** Writes for each of a block's ids the input row of its document, or its number if it has several. What lies before the block is of its first one. */
export function writeDocuments(
  { first: firstRow, endedBefore, rows, lists }: DocumentRows,
  { from, first, to }: BlockRange,
  ids: Int32Array,
  into: Uint32Array,
): void {
  const rowOf = (document: number) => rows?.[document] ?? (lists ? document : firstRow + document)
  let document = endedBefore[first / BLOCK]!
  let row = rowOf(document)
  into.fill(row, 0, first - from)
  for (let place = first - from; place < to - from; place++) {
    into[place] = row
    if (ids[place] === SENTENCE_END) row = rowOf(++document)
  }
}
