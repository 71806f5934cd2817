import { isClassifierFile, loadClassifier } from '../../classification/index.js'
import { storedSize } from '../../files/index.js'
import type { WordVectors } from '../../vectors/index.js'
import { parsedFact } from '../../vectors/inner.js'
import { openVectors } from '../files/open-vectors.js'
import { vectorsInput } from '../flags/inputs.js'
import { classifierCard, classifierLines } from '../tables/classifier-card.js'
import { grouped } from '../terminal/figures.js'
import { pad } from '../terminal/table.js'
import { paintFor, visible } from '../terminal/terminal.js'
import { verb } from '../verb/verb.js'

export const info = verb({
  name: 'info',
  summary: 'say what a file of vectors or of a classifier is and how it was made',
  description:
    'Lists the words and dimensions of a file, what it keeps besides them, and every fact about its training that it ' +
    'holds; of a classifier of texts its labels and settings, too.',
  examples: [
    ['wordloom info vectors.safetensors', 'a model card'],
    ['wordloom info vectors.bin --json', 'the same for a program'],
    ['wordloom info lid.176.ftz', 'labels and settings of a classifier'],
  ],
  inputs: { vectors: vectorsInput },
  flags: {},
  async run({ vectors: path }) {
    if (await isClassifierFile(path)) {
      const card = { file: path, ...classifierCard(await loadClassifier(path), await storedSize(path)) }
      return { json: card, text: () => listed(path, [...classifierLines(card), ...factLines(card.metadata)]) }
    }
    const card = { file: path, ...cardOf(await openVectors(path)) }
    return { json: card, text: () => cardText(card) }
  },
})

interface Card {
  readonly words: number
  readonly dimensions: number
  /** The words that came first, which are the most frequent ones in most files. */
  readonly firstWords: readonly string[]
  /** Of the text, if the file counts its words; else null. */
  readonly tokens: number | null
  readonly precision: string
  readonly outputVectors: boolean
  readonly subwords: { readonly minNgram: number; readonly maxNgram: number; readonly buckets: number } | null
  /** Facts that came with the vectors; those in JSON as their values. */
  readonly metadata: Readonly<Record<string, unknown>>
}

function cardOf(vectors: WordVectors): Card {
  const { size, dimensions, vocabulary, encoded, outputVectors, subwords, metadata } = vectors
  const facts = Object.entries(metadata).map(([name, text]) => [name, countedWords(name, parsedFact(text))])
  return {
    words: size,
    dimensions,
    firstWords: Array.from({ length: Math.min(8, size) }, (_, id) => vocabulary.word(id)),
    tokens: vocabulary.tokens > 0 ? vocabulary.tokens : null,
    precision: encoded?.precision ?? 'float32',
    outputVectors: outputVectors !== undefined,
    subwords: subwords ? subwords.settings : null,
    metadata: Object.fromEntries(facts),
  }
}

/** Of the words that were left out, thousands perhaps, how many came how often. */
function countedWords(name: string, fact: unknown): unknown {
  if (name !== 'leftOutWords' || !isGroup(fact)) return fact
  const counts = Object.entries(fact).map(([times, words]) => [times, String(words).split(' ').length])
  return Object.fromEntries(counts)
}

/** A fact a line; those of a group, such as the options of the training, below its name. */
function cardText({ file, words, dimensions, metadata, ...card }: Card & { file: string }): string {
  const { subwords } = card
  return listed(file, [
    ['words', grouped(words)],
    ['dimensions', grouped(dimensions)],
    ['first words', card.firstWords.join(' ')],
    ['tokens', card.tokens === null ? 'not counted' : grouped(card.tokens)],
    ['precision', card.precision],
    ['output vectors', card.outputVectors ? 'kept' : 'none'],
    ['sub-words', subwords ? `${subwords.minNgram} to ${subwords.maxNgram} characters` : 'none'],
    ...factLines(metadata),
  ])
}

function factLines(metadata: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(metadata).flatMap(([name, value]): [string, unknown][] =>
    isGroup(value)
      ? [[name, ''], ...Object.entries(value).map(([one, of]): [string, unknown] => [`  ${one}`, of])]
      : [[name, value]],
  )
}

/** Names and values in two columns, below the name of the file. */
function listed(file: string, lines: readonly (readonly [string, unknown])[]): string {
  const paint = paintFor(process.stdout)
  const width = Math.max(...lines.map(([name]) => name.length))
  const shown = lines.map(([name, value]) => `${pad(visible(name), width)}  ${shownValue(value)}`.trimEnd())
  return [paint('bold', visible(file)), ...shown].join('\n')
}

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Of a list that is shown whole. */
const MOST_ITEMS = 8

function shownValue(value: unknown): string {
  if (Array.isArray(value) && value.length > MOST_ITEMS)
    return `${listOf(value.slice(0, 2))}, …, ${listOf(value.slice(-1))} (${grouped(value.length)}; --json has all)`
  return visible(typeof value === 'string' ? value : JSON.stringify(value))
}

function listOf(values: readonly unknown[]): string {
  return visible(values.map(value => JSON.stringify(value)).join(', '))
}
