import type { Words } from '../../errors.js'
import {
  type Checkpoint,
  differing,
  fingerprintDifferences,
  type KeptRun,
  textDifferences,
} from '../../runs/index.js'
import type { EncodedCorpus } from '../../text/index.js'
import type { Run } from '../run/prepare.js'
import type { Beginning } from '../start/beginning.js'
import { fingerprintOf } from './fingerprint.js'
import { readBest, readWordRows, wordSections } from './word-sections.js'

/** A run of word training, with what it starts from, as its checkpoints have it. */
export function keptWords(
  { memory, control }: Run,
  corpus: EncodedCorpus,
  metadata: () => Record<string, string>,
  beginning: Beginning | undefined,
): KeptRun {
  const { input, output, parts, best } = memory
  const isBestKept = () => best !== undefined && control.bestEpoch !== undefined
  return {
    control,
    positions: corpus.ids.length,
    began: fingerprintOf(corpus, beginning, metadata().history),
    metadata,
    sections: sums =>
      wordSections(sums, {
        vocabulary: corpus.vocabulary,
        inputVectors: input,
        outputVectors: output,
        best: isBestKept() ? best : undefined,
        parts,
      }),
    differences,
    async read(tensors) {
      await readWordRows(tensors, input, output, parts)
      if (isBestKept()) await readBest(tensors, best!.input, best!.output, parts)
    },
  }
}

/** Of the text, its words, the vectors given, and what follows from them. */
function differences(there: Checkpoint, here: Checkpoint): Words[] {
  const ofMetadata = (name: string, key: string) => differing(name, there.metadata[key], here.metadata[key])
  return [
    ...textDifferences(there.metadata.corpus, here.metadata.corpus),
    ...differing('positions of the text', there.facts.positions, here.facts.positions),
    ...ofMetadata('architecture', 'architecture'),
    ...ofMetadata('objective', 'objective'),
    ...ofMetadata('what it began with', 'start'),
    ...fingerprintDifferences(there.facts.began, here.facts.began),
    ...ofMetadata('schedule', 'schedule'),
    ...ofMetadata('rounding', 'rounding'),
  ]
}
