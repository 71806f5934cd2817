import type { BagRows, RowOrigin } from './bag-rows.js'
import type { Rows } from './rows.js'

/** Why a text has a label. */
export interface Explanation extends SpokenFor {
  readonly label: string
  readonly probability: number
  /**
   * What the score is: `score`, u·h of the label; or `log-odds`, in a tree of labels, the sum of the log-odds of the turns
   * that lead to the label.
   */
  readonly measure: 'score' | 'log-odds'
}

interface SpokenFor {
  /** The sum of the values of all parts. */
  readonly score: number
  /** In a tree, the log-odds of each turn from its root to the label, which add up to the score; else the score alone. */
  readonly turns: readonly number[]
  /** Rows of which the text is the mean, those of zeros included. */
  readonly rows: number
  /** Words and n-grams of words in the order of the text; the last word is the mark for its end, `</s>`. */
  readonly parts: readonly SpokenPart[]
  /** Words that have no row at all, so that they say nothing. */
  readonly unknown: readonly string[]
}

/** What a word, or an n-gram of words, says for a label; below 0, against it. */
export interface SpokenPart {
  readonly kind: 'word' | 'words'
  readonly text: string
  /** The word, or the first one and the last one of the n-gram, by their places in the text, from 0. */
  readonly first: number
  readonly last: number
  /** With the n-grams of its characters. */
  readonly value: number
  /** Of its own row; null for a word that the classifier does not know, which has n-grams only. */
  readonly own: number | null
  /** N-grams of its characters, in < and >, in the order of the word. Others may share the row of an n-gram. */
  readonly characters: readonly SpokenNgram[]
}

export interface SpokenNgram {
  readonly text: string
  readonly value: number
}

/** The parts of a text with what each says to scores, which are linear in the mean of their rows. */
export function spokenFor(
  text: string,
  bag: BagRows,
  input: Rows,
  scores: readonly ((vector: Float32Array) => number)[],
): SpokenFor {
  const { origins, words } = bag.originsOf(text)
  const vector = new Float32Array(input.columns)
  const turns = scores.map(() => 0)
  const said = origins.map(({ row }) => {
    if (row < 0) return 0
    input.sumInto(vector, Int32Array.of(row))
    const values = scores.map(score => score(vector) / origins.length)
    for (const [turn, value] of values.entries()) turns[turn]! += value
    return values.reduce((a, b) => a + b, 0)
  })
  const values = new Map(origins.map((origin, i) => [origin, said[i]!]))
  const valueIn = (origin: RowOrigin) => values.get(origin)!
  const kept = origins.filter(({ row }) => row >= 0)
  const known = byWord(kept.filter(({ kind }) => kind !== 'words'))
  const parts = [
    ...words.flatMap((word, i) => (known.has(i) ? [wordPart(word, i, known.get(i)!, valueIn)] : [])),
    ...kept.filter(({ kind }) => kind === 'words').map(origin => ngramPart(origin, valueIn)),
  ]
  return {
    score: parts.reduce((sum, { value }) => sum + value, 0),
    turns,
    rows: origins.length,
    parts,
    unknown: words.filter((_, i) => !known.has(i)),
  }
}

function byWord(origins: readonly RowOrigin[]): Map<number, RowOrigin[]> {
  const words = new Map<number, RowOrigin[]>()
  for (const origin of origins) {
    const its = words.get(origin.first)
    if (its) its.push(origin)
    else words.set(origin.first, [origin])
  }
  return words
}

function wordPart(
  word: string,
  place: number,
  its: readonly RowOrigin[],
  valueIn: (origin: RowOrigin) => number,
): SpokenPart {
  const own = its.find(({ kind }) => kind === 'word')
  const characters = its
    .filter(({ kind }) => kind === 'characters')
    .map(origin => ({ text: origin.text, value: valueIn(origin) }))
  return {
    kind: 'word',
    text: word,
    first: place,
    last: place,
    value: characters.reduce((sum, { value }) => sum + value, own ? valueIn(own) : 0),
    own: own ? valueIn(own) : null,
    characters,
  }
}

function ngramPart(origin: RowOrigin, valueIn: (origin: RowOrigin) => number): SpokenPart {
  const { text, first, last } = origin
  const value = valueIn(origin)
  return { kind: 'words', text, first, last, value, own: value, characters: [] }
}
