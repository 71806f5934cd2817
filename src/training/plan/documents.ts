import { option, say, WordloomError } from '../../errors.js'
import { SENTENCE_END, type TokenIds } from '../../ids/index.js'
import { architectureOf } from '../../reference/index.js'
import type { TrainingOptions } from '../options/options.js'
import { BLOCK, type BlockRange, blocksIn } from './blocks.js'

/** Where the input rows of documents lie, and which document each block of the text begins with. */
export interface DocumentRows {
  /** The row of the first document, behind those of the words. */
  readonly first: number
  readonly count: number
  /** By block: documents that end before it. */
  readonly endedBefore: Uint32Array
}

/**
 * Every sentence is a document, in the order of the text; undefined if documents are not learned. Throws
 * `usage` for options that mean nothing then.
 */
export function documentRows(
  ids: TokenIds,
  words: number,
  { architecture, heldOut }: TrainingOptions,
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
  return { first: words, count: ended, endedBefore }
}

/** Writes for each of a block's ids the input row of its document. What lies before the block is of its first one. */
export function writeDocuments(
  { first: firstRow, endedBefore }: DocumentRows,
  { from, first, to }: BlockRange,
  ids: Int32Array,
  into: Uint32Array,
): void {
  let row = firstRow + endedBefore[first / BLOCK]!
  into.fill(row, 0, first - from)
  for (let place = first - from; place < to - from; place++) {
    into[place] = row
    if (ids[place] === SENTENCE_END) row++
  }
}
