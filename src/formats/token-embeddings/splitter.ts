import { type Entry, entriesOf, entryOf, UnknownRule } from './rules.js'

type Split = (text: string) => string[]

/** How Hugging Face's tokenizers part a text into words, by the entry `pre_tokenizer`. Throws `UnknownRule`. */
export function splitterOf(value: unknown): Split {
  const entry = entryOf(value)
  if (!entry) return text => (text === '' ? [] : [text])
  const split = kinds[String(entry.type)]
  if (!split) throw new UnknownRule('pre_tokenizer', entry)
  return split(entry)
}

const kinds: Readonly<Record<string, (entry: Entry) => Split>> = {
  Sequence: ({ pretokenizers }) => {
    const splits = entriesOf(pretokenizers).map(splitterOf)
    return text => splits.reduce((parts, split) => parts.flatMap(split), [text])
  },
  // marks as BERT has them: all of ASCII but letters, digits and blanks, and what Unicode calls punctuation
  BertPreTokenizer: () => matching(/[!-/:-@[-`{-~\p{P}]|[^!-/:-@[-`{-~\p{P}\s]+/gu),
  Whitespace: () => matching(/[\p{L}\p{M}\p{N}\p{Pc}]+|[^\p{L}\p{M}\p{N}\p{Pc}\s]+/gu),
  WhitespaceSplit: () => matching(/\S+/gu),
  Punctuation: () => matching(/[!-/:-@[-`{-~\p{P}]|[^!-/:-@[-`{-~\p{P}]+/gu),
  Digits: ({ individual_digits: single }) => matching(single ? /\p{N}|\P{N}+/gu : /\p{N}+|\P{N}+/gu),
  Metaspace: metaspace,
}

function matching(pattern: RegExp): Split {
  return text => text.match(pattern) ?? []
}

/** Blanks become a sign that begins a word: "a cat" → "▁a", "▁cat". */
function metaspace(entry: Entry): Split {
  const { replacement = '▁', prepend_scheme: scheme, add_prefix_space: prefix, split } = entry
  const sign = String(replacement) || '▁'
  const begins = scheme === undefined ? prefix !== false : scheme !== 'never'
  return text => {
    const marked = text.replaceAll(' ', sign)
    const whole = begins && marked !== '' && !marked.startsWith(sign) ? sign + marked : marked
    if (split === false) return whole === '' ? [] : [whole]
    const [first = '', ...others] = whole.split(sign)
    return [first, ...others.map(part => sign + part)].filter(part => part !== '')
  }
}
