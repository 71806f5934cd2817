import { WordloomError } from '../../errors.js'
import { type Matrix, row } from '../../math/index.js'
import { type ObjectiveName, objectiveOf } from '../../reference/index.js'
import type { EncodedCorpus, Vocabulary } from '../../text/index.js'
import type { WordVectors } from '../../vectors/index.js'
import type { TrainingMemory } from '../memory/training-memory.js'
import type { TrainingOptions } from '../options/options.js'
import type { SubwordTable } from '../plan/subword-table.js'
import type { StartFacts } from '../start-facts.js'
import { frozenMarks } from './frozen.js'
import type { Start } from './start.js'
import { subwordsFact, writeSubwordRows } from './subword-rows.js'

/** The words of a run, and where their first vectors come from. */
export interface Beginning {
  readonly vectors: WordVectors
  /** By word id, its row among the vectors given; −1 for a word that starts as new. */
  readonly givenIds: Int32Array
  /** By word id, 1 if the input vector is not to be moved; undefined if no word is frozen. */
  readonly frozen: Uint8Array | undefined
  readonly facts: StartFacts
}

/** Throws `bad-data` if no word of the text has a vector. */
export function beginningOf(start: Start, corpus: EncodedCorpus, options: TrainingOptions): Beginning {
  const { vocabulary } = corpus
  const { vectors, continues } = start
  const givenIds = idsIn(vectors.vocabulary, vocabulary)
  const matched = givenIds.reduce((count, id) => count + Number(id >= 0), 0)
  if (matched === 0)
    throw new WordloomError('bad-data', {
      action: 'train',
      found: `none of the ${vocabulary.size.toLocaleString('en')} words of the text is among the ${vectors.size.toLocaleString('en')} with a vector to start from`,
      cure: 'check that both are of one language and were tokenised alike',
    })
  const frozen = frozenMarks(start.frozen, vocabulary, givenIds)
  const subwords = subwordsFact(vectors.subwords, options)
  return {
    vectors,
    givenIds,
    frozen,
    facts: {
      continues,
      given: vectors.size,
      matched,
      fresh: vocabulary.size - matched,
      inText: inText(givenIds, corpus),
      outputVectors: usableOutputVectors(vectors, options.objective),
      ...(subwords && { subwords }),
      frozen: frozen?.reduce((count, mark) => count + mark, 0) ?? 0,
    },
  }
}

/** Overwrites what chance wrote with the rows that are given, and marks the frozen ones. */
export function writeBeginning(
  memory: TrainingMemory,
  { vectors, givenIds, frozen, facts }: Beginning,
  subwords: SubwordTable | undefined,
): void {
  copyRows(vectors.matrix, memory.input, memory, givenIds)
  if (subwords) writeSubwordRows(memory.input, subwords, { vectors, givenIds, facts })
  if (facts.outputVectors === 'given') copyRows(vectors.outputVectors!, memory.output, memory, givenIds)
  frozen?.forEach((mark, id) => {
    memory.frozen![memory.row(id)] = mark
  })
}

/**
 * The one place that decides whether output rows are kept. They may be if they belong to words. Rows that another
 * objective learned mean something else, and rows of a tree belong to nodes that change with the counts. Those start
 * at zero again, and a warning tells the user.
 */
function usableOutputVectors(vectors: WordVectors, objective: ObjectiveName): StartFacts['outputVectors'] {
  if (!vectors.outputVectors) return 'absent'
  const { losesRows } = objectiveOf(objective)
  if (losesRows) return losesRows
  return (vectors.metadata.objective ?? objective) === objective ? 'given' : 'of-another-objective'
}

/** By word of one vocabulary, its id in the other, or −1. */
function idsIn(other: Vocabulary, vocabulary: Vocabulary): Int32Array {
  const ids = new Int32Array(vocabulary.size)
  for (let id = 0; id < vocabulary.size; id++) ids[id] = other.find(vocabulary.bytes(id))
  return ids
}

function inText(givenIds: Int32Array, { vocabulary, textCounts = vocabulary.counts }: EncodedCorpus): number {
  return givenIds.reduce((count, given, id) => count + Number(given >= 0 && textCounts[id]! > 0), 0)
}

function copyRows(from: Matrix, to: Matrix, memory: TrainingMemory, givenIds: Int32Array): void {
  givenIds.forEach((given, id) => {
    if (given >= 0) row(to, memory.row(id)).set(row(from, given))
  })
}
