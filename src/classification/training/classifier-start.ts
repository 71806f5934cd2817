import { option, say, WordloomError } from '../../errors.js'
import { row } from '../../math/index.js'
import { Vocabulary, VocabularyBuilder } from '../../text/index.js'
import { WordTable } from '../../text/inner.js'
import { WordVectors } from '../../vectors/index.js'
import { Classifier, type ClassifierParts, partsOf } from '../classifier.js'
import { PlainRows } from '../rows.js'
import type { CountedLines } from './counted-lines.js'
import type { LabelledCorpus, Numbering } from './labelled-corpus.js'
import { ACTION } from './layout.js'
import type { LineMemory } from './line-memory.js'
import type { ClassifierOptionName, ClassifierOptions } from './options.js'

/** What training may start from. */
export interface StartOptions {
  /** Vectors of words from which rows begin; those of words that no line has are kept, too. */
  readonly from?: WordVectors | undefined
  /** A classifier to go on with: words, labels and n-grams that are new get rows, unless `grows` is false. */
  readonly continue?: Classifier | undefined
  /** Whether a classifier that goes on gets rows for what it does not know. True or false; default true. */
  readonly grows?: boolean | undefined
}

/** A start that was checked. */
export interface ClassifierStart {
  readonly vectors: WordVectors | undefined
  readonly before: ClassifierParts | undefined
  readonly grows: boolean
}

/** Throws `usage` for what cannot be started from. */
export function startFrom({ from, continue: before, grows = true }: StartOptions): ClassifierStart {
  if (from !== undefined && !(from instanceof WordVectors)) throw notOne('from', 'WordVectors')
  if (before !== undefined && !(before instanceof Classifier)) throw notOne('continue', 'a Classifier')
  if (from && before)
    throw new WordloomError('usage', {
      action: ACTION,
      found: say`both ${option('from')} and ${option('continue')} are given`,
      expected: 'one of them',
    })
  const parts = before && partsOf(before)
  if (parts && !(parts.input instanceof PlainRows && parts.output instanceof PlainRows))
    throw new WordloomError('usage', {
      action: ACTION,
      found: say`the rows of the classifier to ${option('continue')} are codes, which cannot be trained`,
      expected: 'the classifier from which it was made, a .bin or .safetensors file',
    })
  return { vectors: from, before: parts, grows }
}

/** The options that follow from a start. Throws `usage` for others that are given. */
export function startOptions(
  given: Partial<ClassifierOptions>,
  { vectors, before }: ClassifierStart,
): Partial<ClassifierOptions> {
  if (vectors) return together(given, { dimensions: vectors.dimensions }, 'the vectors to start from have')
  if (!before) return given
  const { settings, loss, input } = before
  const { wordNgrams, subwords, buckets, cleaning } = settings
  const own = {
    dimensions: input.columns,
    objective: loss,
    wordNgrams,
    maxNgram: subwords?.maxNgram ?? 0,
    ...(subwords && { minNgram: subwords.minNgram }),
    ...(buckets > 0 && { buckets }),
    ...cleaning,
  }
  return together(given, own, 'the classifier that goes on has')
}

function together(
  given: Partial<ClassifierOptions>,
  own: Partial<ClassifierOptions>,
  whose: string,
): Partial<ClassifierOptions> {
  for (const [name, value] of Object.entries(own) as [ClassifierOptionName, unknown][])
    if (given[name] !== undefined && given[name] !== value)
      throw new WordloomError('usage', {
        action: ACTION,
        found: say`${option(name)} is ${String(given[name])}, and ${whose} ${String(value)}`,
        cure: say`leave ${option(name)} out`,
      })
  return { ...given, ...own }
}

/** Which words, labels and n-grams get rows. */
export function numberingOf(
  lines: CountedLines,
  options: ClassifierOptions,
  { vectors, before, grows }: ClassifierStart,
): Numbering {
  const words = before && !grows ? before.words : merged(lines.words, before?.words, options.minCount)
  const labels =
    before && !grows ? before.labels : merged(lines.labels, before?.labels, options.minLabelCount)
  const all = vectors ? withFurther(words, vectors.vocabulary) : words
  return {
    words: all,
    labels,
    wordIds: idsOf(lines.words, all),
    labelIds: idsOf(lines.labels, labels),
    ngrams: options,
    buckets: before ? before.settings.buckets : options.buckets,
    kept: before?.kept ?? new Map(),
    haveAll: before !== undefined && before.kept === undefined,
    grows,
  }
}

/** The words of both with the sums of their counts, in the order of these; those of before stay, however rare. */
function merged(counted: VocabularyBuilder, before: Vocabulary | undefined, minCount: number): Vocabulary {
  if (!before) return counted.finish({ minCount }).vocabulary
  const both = new VocabularyBuilder()
  for (let id = 0; id < before.size; id++)
    both.add(before.bytes(id), 0, before.bytes(id).length, before.counts[id])
  const { bytes, offsets, counts } = counted.countedWords()
  for (let word = 0; word < counts.length; word++)
    both.add(bytes, offsets[word], offsets[word + 1], counts[word])
  return withFurther(both.finish({ minCount, keep: before }).vocabulary, before)
}

/** A vocabulary, and behind it the words of another that it has not, which count 0. */
function withFurther(words: Vocabulary, others: Vocabulary): Vocabulary {
  const table = new WordTable(words.size)
  for (let id = 0; id < words.size; id++) table.add(words.bytes(id))
  for (let id = 0; id < others.size; id++) table.add(others.bytes(id))
  const counts = new Float64Array(table.size)
  counts.set(words.counts)
  return new Vocabulary(table, counts)
}

/** By the order in which words came, their ids, −1 for none. */
function idsOf(counted: VocabularyBuilder, words: Vocabulary): Int32Array {
  const { bytes, offsets, counts } = counted.countedWords()
  return Int32Array.from(counts, (_, word) => words.find(bytes, offsets[word], offsets[word + 1]))
}

/** Writes the rows that are given; whether the rows of labels could be kept. */
export function writeStart(
  memory: LineMemory,
  { words, labels }: Pick<LabelledCorpus, 'words' | 'labels'>,
  { vectors, before }: ClassifierStart,
): { readonly keepsOutput: boolean } {
  if (vectors)
    eachShared(words, vectors.vocabulary, (id, given) =>
      memory.writeRow(memory.input, id, row(vectors.matrix, given)),
    )
  if (!before) return { keepsOutput: true }
  const input = (before.input as PlainRows).matrix
  eachShared(words, before.words, (id, given) => memory.writeRow(memory.input, id, row(input, given)))
  for (let i = before.words.size; i < input.rows; i++)
    memory.writeRow(memory.input, i - before.words.size + words.size, row(input, i))
  const output = (before.output as PlainRows).matrix
  if (memory.size.tree) return writeNodes(memory, labels, before)
  eachShared(labels, before.labels, (id, given) => memory.writeRow(memory.output, id, row(output, given)))
  return { keepsOutput: true }
}

/** Inner nodes of a tree mean something only in the same tree. */
function writeNodes(
  memory: LineMemory,
  labels: Vocabulary,
  before: ClassifierParts,
): { keepsOutput: boolean } {
  const isSame =
    labels.size === before.labels.size &&
    labels.counts.every((count, id) => count === before.labels.counts[id])
  const { matrix } = before.output as PlainRows
  if (isSame)
    for (let i = 0; i < labels.size; i++)
      memory.writeRow(
        memory.output,
        i,
        row(matrix, i).map(x => -x),
      )
  return { keepsOutput: isSame }
}

function eachShared(words: Vocabulary, given: Vocabulary, take: (id: number, given: number) => void): void {
  for (let i = 0; i < given.size; i++) {
    const id = words.find(given.bytes(i))
    if (id >= 0) take(id, i)
  }
}

function notOne(name: string, expected: string): WordloomError {
  return new WordloomError('usage', {
    action: ACTION,
    found: say`${option(name)} is something else`,
    expected,
  })
}
