import { type Entry, entriesOf, entryOf, UnknownRule } from './rules.js'

/** A part of a text, and whether the text begins with it. */
export interface Part {
  readonly text: string
  readonly begins: boolean
}

/** Cuts a part of a text into parts. */
export type Split = (part: Part) => Part[]

/** How the library parts a text; if by a pattern, with that. */
export type LibrarySplitter = (
  entry: Entry,
) => ((text: string) => string[]) & { readonly pattern?: RegExp | null }

/**
 * How Hugging Face's tokenizers part a text into words, by the entry `pre_tokenizer`. Steps that the library for
 * JavaScript takes in another way than the original in Rust are here; `ofLibrary` makes the others. Throws `UnknownRule`.
 */
export function splitterOf(value: unknown, ofLibrary: LibrarySplitter): Split {
  const entry = entryOf(value)
  if (!entry) return part => [part]
  if (entry.type === 'Sequence') {
    const splits = entriesOf(entry.pretokenizers).map(one => splitterOf(one, ofLibrary))
    return part => splits.reduce((parts, split) => parts.flatMap(split), [part])
  }
  const split = Object.hasOwn(own, String(entry.type)) ? own[String(entry.type)] : undefined
  if (split) return split(entry)
  if (entry.type === 'Split') return atPattern(entry, ofLibrary({ ...entry, invert: true }).pattern)
  const cut = ofLibrary(entry)
  return ({ text, begins }) => cut(text).map((text, i) => ({ text, begins: begins && i === 0 }))
}

const own: Readonly<Record<string, (entry: Entry) => Split>> = {
  // marks as BERT has them: all of ASCII but letters, digits and blanks, and what Unicode calls punctuation
  BertPreTokenizer: () => matching(/[!-/:-@[-`{-~\p{P}]|[^!-/:-@[-`{-~\p{P}\p{White_Space}]+/gu),
  Whitespace: () =>
    matching(
      /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]+|[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}\p{White_Space}]+/gu,
    ),
  WhitespaceSplit: () => matching(/\P{White_Space}+/gu),
  Punctuation: entry => matching(punctuation(entry)),
  Digits: ({ individual_digits: single }) => matching(single ? /\p{N}|\P{N}+/gu : /\p{N}+|\P{N}+/gu),
  Metaspace: metaspace,
  CharDelimiterSplit: ({ delimiter }) => atPattern({ behavior: 'Removed' }, literal(String(delimiter))),
}

function literal(text: string): RegExp {
  return new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'gu')
}

function matching(pattern: RegExp): Split {
  return ({ text, begins }) =>
    Array.from(text.matchAll(pattern), ({ 0: found, index }) => ({
      text: found,
      begins: begins && index === 0,
    }))
}

function punctuation({ behavior = 'Isolated' }: Entry): RegExp {
  if (behavior === 'Isolated') return /[!-/:-@[-`{-~\p{P}]|[^!-/:-@[-`{-~\p{P}]+/gu
  if (behavior === 'Contiguous') return /[!-/:-@[-`{-~\p{P}]+|[^!-/:-@[-`{-~\p{P}]+/gu
  if (behavior === 'Removed') return /[^!-/:-@[-`{-~\p{P}]+/gu
  throw new UnknownRule('pre_tokenizer', { type: `Punctuation, ${String(behavior)}` })
}

/** The library translates the pattern. */
function atPattern({ behavior, invert }: Entry, pattern: RegExp | null | undefined): Split {
  if (!pattern) throw new UnknownRule('pre_tokenizer', { type: 'Split without a pattern' })
  const joined = joining[String(behavior)]
  if (!joined) throw new UnknownRule('pre_tokenizer', { type: `Split, ${String(behavior)}` })
  return ({ text, begins }) => {
    const stretches = stretchesOf(text, pattern)
    if (invert === true) for (const stretch of stretches) stretch.matches = !stretch.matches
    return joined(stretches).map(({ from, to }) => ({
      text: text.slice(from, to),
      begins: begins && from === 0,
    }))
  }
}

/** A stretch of a text that matches a pattern, or lies between two that do. */
interface Stretch {
  readonly from: number
  to: number
  matches: boolean
}

function stretchesOf(text: string, pattern: RegExp): Stretch[] {
  const all: Stretch[] = []
  let end = 0
  for (const { 0: found, index } of text.matchAll(pattern)) {
    all.push(
      { from: end, to: index, matches: false },
      { from: index, to: index + found.length, matches: true },
    )
    end = index + found.length
  }
  all.push({ from: end, to: text.length, matches: false })
  return all.filter(({ from, to }) => to > from)
}

/** What is done with the stretches that match. */
const joining: Readonly<Record<string, (stretches: Stretch[]) => Stretch[]>> = {
  Isolated: stretches => stretches,
  Removed: stretches => stretches.filter(({ matches }) => !matches),
  Contiguous: stretches => joinedIf(stretches, (last, next) => last.matches === next.matches),
  MergedWithPrevious: stretches => joinedIf(stretches, (last, next) => next.matches && !last.matches),
  MergedWithNext: stretches => joinedIf(stretches, (last, next) => last.matches && !next.matches),
}

/** Neighbours of which `joins` holds become one, which is no match for those that follow if it ends in none. */
function joinedIf(stretches: Stretch[], joins: (last: Stretch, next: Stretch) => boolean): Stretch[] {
  const all: Stretch[] = []
  for (const next of stretches) {
    const last = all.at(-1)
    if (last && joins(last, next)) {
      last.to = next.to
      last.matches = next.matches
    } else all.push(next)
  }
  return all
}

/** Blanks become a sign that begins a word: "a cat" → "▁a", "▁cat". */
function metaspace(entry: Entry): Split {
  const { replacement = '▁', prepend_scheme: given, add_prefix_space: prefix, split } = entry
  const sign = String(replacement) || '▁'
  const scheme = prefix === false ? 'never' : (given ?? 'always')
  return ({ text, begins }) => {
    const marked = text.replaceAll(' ', sign)
    const isMarked = scheme === 'always' || (scheme === 'first' && begins)
    const whole = isMarked && marked !== '' && !marked.startsWith(sign) ? sign + marked : marked
    if (split === false) return whole === '' ? [] : [{ text: whole, begins }]
    const [first = '', ...others] = whole.split(sign)
    return [first, ...others.map(part => sign + part)]
      .filter(part => part !== '')
      .map((text, i) => ({ text, begins: begins && i === 0 }))
  }
}
