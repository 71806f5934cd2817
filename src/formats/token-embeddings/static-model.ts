import { WordloomError } from '../../errors.js'
import { type TextRules, type WordVectors, ZEROS } from '../../vectors/index.js'
import type { TokenizerWords } from './tokenizer-words.js'

/** A static sentence model: whose it is tells how texts are encoded. */
export interface StaticModel {
  /** The file of the vectors. */
  readonly name: string
  readonly vectors: WordVectors
  readonly tokenizer: TokenizerWords
  /** How many tokens have a row in the file. */
  readonly count: number
  /** Whether model2vec encodes the texts, and not sentence-transformers. */
  readonly isModel2vec: boolean
  readonly hasLengthOne: boolean
}

/** In model2vec, tokens of a text past this many do not count, nor characters past as many tokens of median length. */
const MOST_TOKENS = 512

/** A token without a row, of which nothing is taken. */
const DROPPED = -2

/**
 * model2vec drops the token for what is unknown if the tokenizer names it; sentence-transformers, and model2vec where the
 * tokenizer has only its number, take its row into the mean.
 */
export function textRulesOf(model: StaticModel, cut: (text: string) => number[]): TextRules {
  const { isModel2vec, hasLengthOne, tokenizer } = model
  const places = placesOf(model)
  const unknown = idOf(tokenizer)
  const dropped = isModel2vec && tokenizer.namesUnknown ? unknown : undefined
  const bounded = isModel2vec ? withinBounds(tokenizer, cut) : cut
  const idsOf = (text: string) => bounded(text).filter(id => id !== dropped)
  const most = isModel2vec ? MOST_TOKENS : Number.POSITIVE_INFINITY
  return {
    rowsOf: text =>
      idsIn(model.name, text, idsOf)
        .slice(0, most)
        .map(id => places[id] ?? DROPPED)
        .filter(place => place !== DROPPED),
    unknown: unknown === undefined ? undefined : places[unknown],
    hasLengthOne,
  }
}

/** For each token the row of the vocabulary, `ZEROS` or `DROPPED`. */
function placesOf({ vectors: { vocabulary }, tokenizer, count }: StaticModel): Int32Array {
  const places = new Int32Array(count).fill(DROPPED)
  for (const [id, token] of tokenizer.tokens) {
    if (id >= count) continue
    places[id] = vocabulary.idOf(token) ?? (token === tokenizer.unknown ? ZEROS : DROPPED)
  }
  return places
}

function idOf({ tokens, unknown }: TokenizerWords): number | undefined {
  for (const [id, token] of tokens) if (token === unknown) return id
  return undefined
}

function withinBounds(
  { tokens }: TokenizerWords,
  cut: (text: string) => number[],
): (text: string) => number[] {
  const most = MOST_TOKENS * medianLength([...tokens.values()])
  return text => cut(text.length > most ? [...text].slice(0, most).join('') : text)
}

/** In characters, rounded down. */
function medianLength(tokens: readonly string[]): number {
  const lengths = tokens.map(token => [...token].length).sort((a, b) => a - b)
  const middle = lengths.length / 2
  return Math.floor((lengths[Math.ceil(middle) - 1]! + lengths[Math.floor(middle)]!) / 2)
}

function idsIn(name: string, text: string, idsOf: (text: string) => number[]): number[] {
  try {
    return idsOf(text)
  } catch (cause) {
    throw new WordloomError(
      'bad-data',
      {
        action: 'cut a text into tokens',
        place: { file: name, part: 'tokenizer.json' },
        found: `its rules cannot be followed (${(cause as Error).message})`,
      },
      { cause },
    )
  }
}
