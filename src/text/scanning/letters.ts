/** What a character is to the tokenizer 'words'. */
export const OTHER = 0 // separates words
export const LETTER = 1 // letter, digit, underscore: starts or continues a word; `lowered` has its lower case
export const CONTEXTUAL = 2 // a letter whose lower case depends on its neighbours or is several characters
export const MARK = 3 // continues a word, does not start one
export const JOINER = 4 // stays in a word between two of its characters: apostrophe, zero-width joiner
export const SEGMENTED = 5 // of a script written without spaces

/** The kinds of all characters below U+10000, made from the Unicode tables that this JavaScript engine has. */
export interface Letters {
  kinds: Uint8Array
  /** Code unit of the lower case, for kind LETTER. */
  lowered: Uint16Array
}

const WORD = /[\p{L}\p{N}_]+/gu
const MARKS = /\p{M}+/gu
const CAPITAL_SIGMA = 0x3a3 // σ within a word, ς at its end

/** Han, kana, Thai, Lao, Khmer, Myanmar, with the marks of Japanese that Unicode counts as common to scripts. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3006\u3031-\u3035\u303c\u30fc\uff70]+/gu

let made: Letters | undefined

/** Made once, at the first character that is not ASCII (about 10 ms). */
export function letters(): Letters {
  made ??= makeLetters()
  return made
}

/** The kind of a character from U+10000. Letters there are few: their lower case is looked up with the word's. */
export function kindOfAstral(point: number): number {
  const known = astral.get(point)
  if (known !== undefined) return known
  const character = String.fromCodePoint(point)
  const kind = matches(UNSPACED, character)
    ? matches(WORD, character) || matches(MARKS, character)
      ? SEGMENTED
      : OTHER
    : matches(WORD, character)
      ? CONTEXTUAL
      : matches(MARKS, character)
        ? MARK
        : OTHER
  astral.set(point, kind)
  return kind
}

const astral = new Map<number, number>()

function makeLetters(): Letters {
  const kinds = new Uint8Array(1 << 16)
  const lowered = new Uint16Array(1 << 16)
  const characters = allCharacters()
  const mark = (pattern: RegExp, kind: number) => {
    for (const { 0: run, index } of characters.matchAll(pattern)) kinds.fill(kind, index, index + run.length)
  }
  mark(WORD, LETTER)
  mark(MARKS, MARK)
  for (const { 0: run, index } of characters.matchAll(UNSPACED))
    for (let unit = index; unit < index + run.length; unit++)
      if (kinds[unit] !== OTHER) kinds[unit] = SEGMENTED
  for (const joiner of [0x27, 0x2019, 0x200c, 0x200d]) kinds[joiner] = JOINER

  for (let unit = 0; unit < kinds.length; unit++) {
    if (kinds[unit] !== LETTER) continue
    const lower = characters[unit]!.toLowerCase()
    if (lower.length > 1 || unit === CAPITAL_SIGMA) kinds[unit] = CONTEXTUAL
    else lowered[unit] = lower.charCodeAt(0)
  }
  return { kinds, lowered }
}

/** Code unit i at index i; spaces where the surrogates are. */
function allCharacters(): string {
  const units = Uint16Array.from({ length: 1 << 16 }, (_, unit) =>
    unit >= 0xd800 && unit < 0xe000 ? 0x20 : unit,
  )
  let text = ''
  for (let from = 0; from < units.length; from += 4096)
    text += String.fromCharCode(...units.subarray(from, from + 4096))
  return text
}

function matches(pattern: RegExp, character: string): boolean {
  return character.search(pattern) >= 0
}
