import { capitalRuns, kindRuns } from './letter-ranges.js'

/** What a character is to the tokenizer 'words'. */
export const OTHER = 0 // separates words
export const LETTER = 1 // letter, digit, underscore: starts or continues a word; `lowered` has its lower case
export const CONTEXTUAL = 2 // a letter whose lower case depends on its neighbours or is several characters
export const MARK = 3 // continues a word, does not start one
export const JOINER = 4 // stays in a word between two of its characters: apostrophe, zero-width joiner
export const SEGMENTED = 5 // of a script written without spaces
export const IGNORED = 6 // is not to be seen, such as a soft hyphen: left out, in a word and elsewhere

export const CAPITAL_SIGMA = 0x3a3 // σ within a word, ς at its end
export const DOTTED_I = 0x130 // i and a dot above

/**
 * Apostrophes, zero-width joiners, and what Unicode calls MidLetter (UAX 29), without colons: the point of Catalan l·l,
 * the Armenian and Hebrew signs of abbreviations, the Greek and the hyphenation point.
 */
const JOINERS = [0x27, 0x2019, 0x200c, 0x200d, 0xb7, 0x387, 0x55f, 0x5f4, 0x2027]

/** What is not to be seen: Unicode's Format (UAX 29) without the signs that are, and without U+200B, which parts words. */
const UNSEEN = [
  [0xad, 0xad],
  [0x61c, 0x61c],
  [0x180e, 0x180e],
  [0x200e, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0xfeff, 0xfeff],
] as const

/** Code points below which the tables have a place for each. */
const PLANE = 0x10000
const KIND_OF_RUN: Readonly<Record<string, number>> = {
  L: LETTER,
  M: MARK,
  S: SEGMENTED,
  T: SEGMENTED,
  O: OTHER,
}

/** The kinds of all characters below U+10000. */
export interface Letters {
  kinds: Uint8Array
  /** Code unit of the lower case, for kind LETTER. */
  lowered: Uint16Array
}

/** Stretches of characters of one kind, each from its start to the next one's. */
interface Runs {
  readonly starts: readonly number[]
  readonly names: readonly string[]
}

let made: Letters | undefined
let runs: Runs | undefined
let capitals: ReadonlyMap<number, number> | undefined
let cased: ReadonlySet<number> | undefined

/** Made once, at the first character that is not ASCII. */
export function letters(): Letters {
  made ??= makeLetters()
  return made
}

/** The kind of a character from U+10000. */
export function kindOfAstral(point: number): number {
  return KIND_OF_RUN[runOf(point)]!
}

/** The lower case of a letter from U+10000. */
export function loweredAstral(point: number): number {
  capitals ??= readCapitals()
  return capitals.get(point) ?? point
}

/** Whether a letter has a case: by the table if it has an upper or lower case beside it, else as ª and 𝐀 have. */
export function isCased(point: number): boolean {
  capitals ??= readCapitals()
  cased ??= new Set([...capitals].flat())
  return cased.has(point) || /\p{Cased}/u.test(String.fromCodePoint(point))
}

/** Whether a character of a script written without spaces is a letter or digit, not a mark. */
export function isSegmentedLetter(point: number): boolean {
  return runOf(point) === 'S'
}

function makeLetters(): Letters {
  runs ??= readRuns()
  capitals ??= readCapitals()
  const kinds = new Uint8Array(PLANE)
  const { starts, names } = runs
  for (let run = 0; run < starts.length && starts[run]! < PLANE; run++)
    kinds.fill(KIND_OF_RUN[names[run]!]!, starts[run], starts[run + 1])
  for (const joiner of JOINERS) kinds[joiner] = JOINER
  for (const [first, last] of UNSEEN) kinds.fill(IGNORED, first, last + 1)
  kinds[CAPITAL_SIGMA] = CONTEXTUAL
  kinds[DOTTED_I] = CONTEXTUAL
  const lowered = Uint16Array.from(kinds, (_, point) => point)
  for (const [capital, lower] of capitals) if (capital < PLANE) lowered[capital] = lower
  return { kinds, lowered }
}

/** L, M, S, T or O: see kindRuns. */
function runOf(point: number): string {
  runs ??= readRuns()
  const { starts, names } = runs
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle]! > point) high = middle - 1
    else low = middle
  }
  return names[low]!
}

function readRuns(): Runs {
  const starts: number[] = []
  const names: string[] = []
  let start = 0
  for (const [, name, length] of kindRuns.matchAll(/([LMOST])([0-9a-z]+)/g)) {
    starts.push(start)
    names.push(name!)
    start += Number.parseInt(length!, 36)
  }
  return { starts: [...starts, start], names: [...names, 'O'] }
}

function readCapitals(): Map<number, number> {
  const lowers = new Map<number, number>()
  for (const run of capitalRuns.trimEnd().split(' ')) {
    const [start, count, step, by] = run.split(',').map(field => Number.parseInt(field, 36))
    for (let i = 0; i < count!; i++) lowers.set(start! + i * step!, start! + i * step! + by!)
  }
  return lowers
}
