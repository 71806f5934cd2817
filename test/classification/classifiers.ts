import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Classifier, type ClassifierLoss } from '#classification/index'
import { PlainRows } from '#classification/rows'
import { allocateMatrix, row } from '#math/matrix'
import { Random } from '#math/random'
import { Vocabulary } from '#text/vocabulary/vocabulary'

/** Models that fastText trained and quantised. */
export const model = (name: string) =>
  fileURLToPath(new URL(`../../../test/classification/models/${name}`, import.meta.url))

/** Texts that those models were asked about. */
export const texts = readFileSync(model('texts.txt'), 'utf8').split('\n').slice(0, -1)

export const skip =
  spawnSync('fasttext').error === undefined ? false : 'the program fasttext is not installed'

/** Labels and probabilities, without the 0.00001 that fastText adds. */
export function predicted(path: string, lines: readonly string[], count = 3): [string, number][][] {
  const printed = execFileSync('fasttext', ['predict-prob', path, '-', String(count)], {
    input: `${lines.join('\n')}\n`,
    maxBuffer: 1 << 26,
  }).toString()
  return printed.split('\n').slice(0, -1).map(pairsOf)
}

/** What fastText prints of the labelled lines of a file. */
export function tested(path: string, lines: string): string {
  return execFileSync('fasttext', ['test', path, lines]).toString()
}

function pairsOf(line: string): [string, number][] {
  const fields = line.trim().split(' ').filter(Boolean)
  return Array.from({ length: fields.length / 2 }, (_, i) => [
    fields[2 * i]!,
    Number(fields[2 * i + 1]) - 1e-5,
  ])
}

export interface Sparse {
  readonly loss?: ClassifierLoss
  readonly labels?: readonly string[]
  readonly labelPrefix?: string
  readonly words?: readonly string[]
  readonly cleaning?: { readonly lowercase: boolean; readonly punctuation: 'kept' | 'apart' | 'dropped' }
  readonly metadata?: Record<string, string>
  /** Buckets that have rows. */
  readonly places?: number
  /** Settings that no version knows yet. */
  readonly extra?: Record<string, unknown>
}

/** A classifier with rows of chance for three words, bigrams and n-grams of characters in some of 50 buckets. */
export function sparse(given: Sparse): Classifier {
  const { loss = 'softmax', metadata, labelPrefix = '__label__' } = given
  const { labels = ['__label__sun', '__label__rain', '__label__snow'] } = given
  const { words = ['</s>', 'wind', 'the'], cleaning = { lowercase: false, punctuation: 'kept' } } = given
  const { places = 20 } = given
  const buckets = Math.round(2.5 * places)
  const random = new Random(7, 0)
  const kept = new Map(Array.from({ length: places }, (_, place) => [(place * 7) % buckets, place]))
  return new Classifier({
    words: Vocabulary.of(words, Float64Array.of(9, 8, 7)),
    labels: Vocabulary.of(
      labels,
      Float64Array.from(labels, (_, i) => 2 * labels.length - i),
    ),
    kept,
    settings: {
      wordNgrams: 2,
      subwords: { minNgram: 2, maxNgram: 3, buckets },
      buckets,
      labelPrefix,
      cleaning,
      ...given.extra,
    },
    loss,
    input: new PlainRows(chance(random, words.length + kept.size)),
    output: new PlainRows(chance(random, labels.length - (loss === 'hierarchical-softmax' ? 1 : 0))),
    ...(metadata && { metadata }),
  })
}

/** One with rows of 8 columns for every word of the texts and each of 300 buckets, of lengths that differ. */
export function trained(): Classifier {
  const counted = [...new Set(['</s>', ...texts.flatMap(text => text.split(/\s+/))])].filter(Boolean)
  const words = counted.filter(word => !word.startsWith('__label__'))
  const random = new Random(3, 0)
  const subwords = { minNgram: 2, maxNgram: 4, buckets: 300 }
  return new Classifier({
    words: Vocabulary.of(
      words,
      Float64Array.from(words, (_, i) => words.length - i),
    ),
    labels: Vocabulary.of(['__label__sun', '__label__rain', '__label__snow'], Float64Array.of(6, 5, 4)),
    kept: undefined,
    settings: {
      wordNgrams: 2,
      subwords,
      buckets: 300,
      labelPrefix: '__label__',
      cleaning: { lowercase: false, punctuation: 'kept' },
    },
    loss: 'softmax',
    input: new PlainRows(chance(random, words.length + 300, 8)),
    output: new PlainRows(chance(random, 3, 8)),
  })
}

/** Texts with labels, right for about every second of them. */
export function labelled(classifier: Classifier): { label: string; text: string }[] {
  return texts.map((text, i) => ({
    label: i % 2 ? classifier.labels[i % 3]! : classifier.predict(text)[0]!.label,
    text,
  }))
}

function chance(random: Random, rows: number, columns = 6) {
  const matrix = allocateMatrix(rows, columns)
  for (let i = 0; i < rows; i++) {
    const length = 1 + (random.next() / 2 ** 32) * 4
    for (let j = 0; j < columns; j++) row(matrix, i)[j] = (random.next() / 2 ** 32 - 0.5) * length
  }
  return matrix
}
