import type { Words } from '../../errors.js'
import {
  type Checkpoint,
  differing,
  digestOf,
  type Fingerprint,
  fingerprintDifferences,
  type KeptRun,
  readRows,
  rowSection,
} from '../../runs/index.js'
import type { Vocabulary } from '../../text/index.js'
import type { LabelledCorpus } from './labelled-corpus.js'
import type { LineRun } from './line-run.js'

/** A run of a classifier as its checkpoints have it: a tensor for each slice of both matrices. */
export function keptLines(
  { memory, control }: LineRun,
  corpus: LabelledCorpus,
  metadata: () => Record<string, string>,
): KeptRun {
  const tensors = [
    ...memory.input.map((matrix, n) => ({ name: `input.${n}`, matrix })),
    ...memory.output.map((matrix, n) => ({ name: `output.${n}`, matrix })),
  ]
  // before the first epoch, when all rows are those that the run begins with
  const began = { ...linesFingerprint(corpus), 'the rows to begin with': digestOf([memory.matrixBytes]) }
  return {
    control,
    positions: corpus.bags.ends.length,
    began,
    metadata,
    sections: sums => [...sums, ...tensors.map(({ name, matrix }) => rowSection(name, matrix))],
    differences,
    async read(file) {
      for (const { name, matrix } of tensors) await readRows(file, name, matrix)
    },
  }
}

/** Of the lines, as rows and labels. */
export function linesFingerprint({ words, labels, bags, marks }: LabelledCorpus): Fingerprint {
  return {
    'words and counts': digestOfWords(words),
    'labels and counts': digestOfWords(labels),
    'the lines as rows': digestOf([bags.ends, bags.numbers.subarray(0, bags.ends.at(-1))]),
    'the labels of the lines': digestOf([marks.ends, marks.numbers.subarray(0, marks.ends.at(-1))]),
  }
}

function digestOfWords({ arena: { bytes, offsets }, size, counts }: Vocabulary): string {
  const places = Float64Array.from(offsets.subarray(0, size + 1))
  return digestOf([bytes.subarray(0, offsets[size]), places, counts])
}

function differences(there: Checkpoint, here: Checkpoint): Words[] {
  return [
    ...differing('lines', there.facts.positions, here.facts.positions),
    ...fingerprintDifferences(there.facts.began, here.facts.began),
    ...differing('rounding', there.metadata.rounding, here.metadata.rounding),
  ]
}
