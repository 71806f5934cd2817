import { createHash } from 'node:crypto'
import { Vocabulary } from 'wordloom'
import { allocateMatrix } from '#math/matrix'
import { type CheckpointContent, countedSections, type OpenCheckpoint } from '#runs/checkpoint-file'
import type { Counted } from '#runs/control'
import { readWordRows, type WordContent, wordSections } from '#training/keeping/word-sections'
import { assignParts } from '#training/plan/parts'

const words = Array.from({ length: 24 }, (_, i) => `word${i}`)
const vocabulary = Vocabulary.of(
  words,
  Float64Array.from(words, (_, i) => 100 - i),
)
const parts = assignParts(vocabulary.counts, 2)
export const DIMENSIONS = 3

/** What a checkpoint of words is made of. */
interface SmallCheckpoint extends Omit<CheckpointContent, 'sections'>, WordContent {
  readonly counted: Counted
}

/** A checkpoint of a few words; its numbers tell its sequence. */
export function smallCheckpoint(sequence: number): SmallCheckpoint {
  const matrix = (sign: number) => {
    const rows = allocateMatrix(words.length, DIMENSIONS)
    for (let i = 0; i < rows.rows; i++)
      for (let j = 0; j < DIMENSIONS; j++) rows.data[i * rows.stride + j] = sign * (sequence + i / 100 + j)
    return rows
  }
  return {
    format: 'wordloom/1',
    facts: {
      sequence,
      place: { epoch: 1, step: sequence, part: 2 },
      positions: 1000,
      began: { 'words and counts': createHash('sha256').update(words.join()).digest('hex') },
    },
    metadata: { creator: 'wordloom test', options: '{"epochs":5}' },
    counted: {
      epochs: Float64Array.of(1000, 500, 1234.5, 10, 20, 30),
      slots: Float64Array.of(1, 2, sequence),
      heldOut: Float64Array.of(7, 21),
    },
    vocabulary,
    inputVectors: matrix(1),
    outputVectors: matrix(-1),
    parts,
  }
}

/** The same as a store writes it. */
export function written(content: SmallCheckpoint): CheckpointContent {
  const { format, facts, metadata, counted } = content
  return { format, facts, metadata, sections: wordSections(countedSections(counted), content) }
}

/** What a checkpoint that was read says and holds, to be compared. */
export async function contentOf(checkpoint: OpenCheckpoint) {
  const [inputs, outputs] = [0, 0].map(() => allocateMatrix(words.length, DIMENSIONS))
  await readWordRows(checkpoint.tensors, inputs!, outputs!, parts)
  const { facts, counted, metadata } = checkpoint
  return { facts, counted, metadata, inputs: inputs!.data, outputs: outputs!.data }
}

export function expectedContent(sequence: number) {
  const { facts, counted, metadata, inputVectors, outputVectors } = smallCheckpoint(sequence)
  return { facts, counted, metadata, inputs: inputVectors.data, outputs: outputVectors.data }
}
