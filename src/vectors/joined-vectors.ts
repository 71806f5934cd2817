import { option, say, WordloomError } from '../errors.js'
import { addScaled, row } from '../math/index.js'
import { choice, completed, type OptionTable } from '../options/index.js'
import { Vocabulary } from '../text/index.js'
import { WordTable } from '../text/inner.js'
import { historyOf } from './history.js'
import { WordVectors } from './word-vectors.js'

const sharedWordRules = ['first', 'last', 'mean', 'refuse'] as const
export type SharedWordRule = (typeof sharedWordRules)[number]

const missingWordRules = ['leave-out', 'zeros'] as const
export type MissingWordRule = (typeof missingWordRules)[number]

export interface JoinWordsOptions {
  /**
   * Row of a word that several inputs have: the first, the last, their mean, or refuse to join. One of first,
   * last, mean, refuse; default 'first'.
   */
  both?: SharedWordRule
}

export interface JoinColumnsOptions {
  /**
   * Words that an input lacks: leave-out, or zeros for its columns. One of leave-out, zeros; default
   * 'leave-out'.
   */
  missing?: MissingWordRule
}

export const joinWordsOptionTable = {
  both: choice(
    'first',
    sharedWordRules,
    'row of a word that several inputs have: the first, the last, their mean, or refuse to join',
  ),
} as const satisfies OptionTable<keyof JoinWordsOptions>

export const joinColumnsOptionTable = {
  missing: choice(
    'leave-out',
    missingWordRules,
    'words that an input lacks: leave-out, or zeros for its columns',
  ),
} as const satisfies OptionTable<keyof JoinColumnsOptions>

export interface Joined {
  /** Counts are kept if all inputs have them; `warnings` tells what is left out. */
  readonly vectors: WordVectors
  /** How many words more than one input has. */
  readonly shared: number
  /** How many words are not in every input. */
  readonly partial: number
}

const ACTION = 'join the vectors'

/**
 * The rows of all inputs as they are, one below another: the words of the first, then those that the second adds, and so
 * on. A word of several inputs has one row, chosen by `both`, whose count it gets; with the mean, their sum. Rows of
 * inputs that were trained apart say nothing of each other; `align` lays one space on another. Throws `usage` for other
 * dimensions, `bad-data` for shared words if they are refused.
 */
export function joinWords(models: readonly WordVectors[], options: JoinWordsOptions = {}): Joined {
  const { both } = completed(joinWordsOptionTable, options, ACTION)
  checkModels(models)
  checkDimensions(models)
  const owners = new Owners(models)
  if (both === 'refuse' && owners.shared > 0) throw sharedWord(owners)
  const chosen = (id: number) => {
    const places = owners.of(id)
    return both === 'mean' ? places : [both === 'last' ? places.at(-1)! : places[0]!]
  }
  const vocabulary = owners.vocabulary(chosen)
  const facts = { by: 'words', both, words: models.map(({ size }) => size), shared: owners.shared }
  const vectors = WordVectors.allocate(vocabulary, models[0]!.dimensions, partsOf(models, facts))
  for (let id = 0; id < vocabulary.size; id++) row(vectors.matrix, id).set(meanOf(chosen(id)))
  return { vectors, shared: owners.shared, partial: owners.partial }
}

/**
 * The rows of each word side by side, those of the first input first, as they are: an input with longer rows weighs
 * more in a cosine. Words stand in the order of `joinWords`, with the counts of the first input that has them. Throws
 * `bad-data` if no word is left.
 */
export function joinColumns(models: readonly WordVectors[], options: JoinColumnsOptions = {}): Joined {
  const { missing } = completed(joinColumnsOptionTable, options, ACTION)
  checkModels(models)
  const owners = new Owners(models)
  const wanted = (id: number) => missing === 'zeros' || owners.of(id).length === models.length
  const vocabulary = owners.vocabulary(id => (wanted(id) ? owners.of(id).slice(0, 1) : []))
  if (vocabulary.size === 0)
    throw new WordloomError('bad-data', {
      action: ACTION,
      found: 'no word is in all of them',
      cure: say`give ${option('missing', 'zeros')} to take each word`,
    })
  const facts = { by: 'columns', missing, columns: models.map(({ dimensions }) => dimensions) }
  const columns = models.reduce((sum, { dimensions }) => sum + dimensions, 0)
  const vectors = WordVectors.allocate(vocabulary, columns, partsOf(models, facts))
  for (let id = 0; id < vocabulary.size; id++) {
    let column = 0
    for (const model of models) {
      const at = model.vocabulary.idOf(vocabulary.bytes(id))
      if (at !== undefined) row(vectors.matrix, id).set(row(model.matrix, at), column)
      column += model.dimensions
    }
  }
  return { vectors, shared: owners.shared, partial: owners.partial }
}

/** The row of a word in an input. */
interface Place {
  readonly model: WordVectors
  readonly at: number
}

/** All words of the inputs, in the order in which they come first, and which inputs have them. */
class Owners {
  /** How many words more than one input has, and how many not every input has. */
  readonly shared: number = 0
  readonly partial: number = 0
  readonly #models: readonly WordVectors[]
  readonly #all: Vocabulary

  constructor(models: readonly WordVectors[]) {
    const table = new WordTable()
    for (const { vocabulary } of models)
      for (let id = 0; id < vocabulary.size; id++) table.add(vocabulary.bytes(id))
    this.#models = models
    this.#all = new Vocabulary(table)
    for (let id = 0; id < table.size; id++) {
      const { length } = this.of(id)
      if (length > 1) this.shared++
      if (length < models.length) this.partial++
    }
  }

  get words(): Vocabulary {
    return this.#all
  }

  /** Where word `id` of all words is, in the order of the inputs. */
  of(id: number): Place[] {
    const word = this.#all.bytes(id)
    return this.#models.flatMap(model => {
      const at = model.vocabulary.idOf(word)
      return at === undefined ? [] : [{ model, at }]
    })
  }

  /** The words that are chosen from some place, with the counts that they have there. */
  vocabulary(chosen: (id: number) => readonly Place[]): Vocabulary {
    const table = new WordTable()
    const counts: number[] = []
    for (let id = 0; id < this.#all.size; id++) {
      const places = chosen(id)
      if (places.length === 0) continue
      table.add(this.#all.bytes(id))
      counts.push(places.reduce((sum, { model, at }) => sum + model.vocabulary.counts[at]!, 0))
    }
    return new Vocabulary(table, this.#models.every(isCounted) ? Float64Array.from(counts) : undefined)
  }
}

function meanOf(places: readonly Place[]): Float32Array | Float64Array {
  const rows = places.map(({ model, at }) => row(model.matrix, at))
  if (rows.length === 1) return rows[0]!
  const mean = new Float64Array(rows[0]!.length)
  for (const one of rows) addScaled(mean, 1 / rows.length, one)
  return mean
}

function partsOf(models: readonly WordVectors[], facts: object) {
  const history = models.flatMap(({ metadata }) => historyOf(metadata))
  return {
    metadata: {
      joined: JSON.stringify(facts),
      ...(history.length > 0 && { history: JSON.stringify(history) }),
    },
    warnings: [...new Set([...models.flatMap(({ warnings }) => warnings), ...leftOut(models)])],
  }
}

/** What the inputs have and the joined vectors lack, as sentences. */
function leftOut(models: readonly WordVectors[]): string[] {
  const lost = [
    ...(models.some(({ subwords }) => subwords) ? ['vectors of sub-words'] : []),
    ...(models.some(({ outputVectors }) => outputVectors) ? ['output vectors'] : []),
    ...(models.some(({ tokenize }) => tokenize) ? ['rules that cut a text into tokens'] : []),
    ...(models.some(isCounted) && !models.every(isCounted) ? ['counts, which not all inputs have'] : []),
  ]
  return [
    ...(lost.length > 0 ? [`left out of the joined vectors: ${lost.join('; ')}`] : []),
    ...(models.some(({ encoded }) => encoded)
      ? ['rows that were kept in fewer bytes are float32 in the joined vectors']
      : []),
  ]
}

function isCounted({ vocabulary }: WordVectors): boolean {
  return vocabulary.tokens > 0
}

function checkModels(models: readonly WordVectors[]): void {
  if (Array.isArray(models) && models.length > 1 && models.every(model => model instanceof WordVectors))
    return
  throw new WordloomError('usage', {
    action: ACTION,
    found: Array.isArray(models) ? `there are ${models.length} inputs` : `a ${typeof models} is given`,
    expected: 'two or more WordVectors in an array',
  })
}

function checkDimensions(models: readonly WordVectors[]): void {
  const all = models.map(({ dimensions }) => dimensions)
  if (all.every(dimensions => dimensions === all[0])) return
  throw new WordloomError('usage', {
    action: ACTION,
    found: `their rows have ${all.slice(0, -1).join(', ')} and ${all.at(-1)} numbers`,
    expected: 'rows of as many dimensions, where rows stand one below another',
    cure: 'shorten the longer ones with principalDimensions, or join their columns with joinColumns',
  })
}

function sharedWord(owners: Owners): WordloomError {
  const { words, shared } = owners
  const first = Array.from({ length: words.size }, (_, id) => id).find(id => owners.of(id).length > 1)!
  const count = shared === 1 ? '1 word is' : `${shared.toLocaleString('en')} words are`
  return new WordloomError('bad-data', {
    action: ACTION,
    found: `${count} in more than one input, such as ${JSON.stringify(words.word(first))}`,
    cure: say`say with ${option('both')} which row to take`,
  })
}
