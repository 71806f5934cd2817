import { type Entry, entriesOf, entryOf, UnknownRule } from './rules.js'

type Change = (text: string) => string

/** What Hugging Face's tokenizers do to a text before they cut it, by the entry `normalizer`. Throws `UnknownRule`. */
export function normalizerOf(value: unknown): Change {
  const entry = entryOf(value)
  if (!entry) return text => text
  const change = kinds[String(entry.type)]
  if (!change) throw new UnknownRule('normalizer', entry)
  return change(entry)
}

const kinds: Readonly<Record<string, (entry: Entry) => Change>> = {
  Sequence: ({ normalizers }) => {
    const changes = entriesOf(normalizers).map(normalizerOf)
    return text => changes.reduce((changed, change) => change(changed), text)
  },
  BertNormalizer: bert,
  Lowercase: () => text => text.toLowerCase(),
  StripAccents: () => withoutAccents,
  NFC: () => text => text.normalize('NFC'),
  NFD: () => text => text.normalize('NFD'),
  NFKC: () => text => text.normalize('NFKC'),
  NFKD: () => text => text.normalize('NFKD'),
  Nmt: () => cleaned,
  Precompiled: () => text => cleaned(text).normalize('NFKC'), // sentencepiece's table is NFKC but for a few signs
  Prepend:
    ({ prepend }) =>
    text =>
      text === '' ? text : `${prepend}${text}`,
  Strip:
    ({ strip_left: left, strip_right: right }) =>
    text => {
      const stripped = left === false ? text : text.trimStart()
      return right === false ? stripped : stripped.trimEnd()
    },
  Replace: entry => {
    const pattern = entryOf(entry.pattern)
    const content = String(entry.content ?? '')
    if (typeof pattern?.String === 'string')
      return text => text.replaceAll(pattern.String as string, () => content)
    if (pattern?.Regex === ' {2,}') return text => text.replace(/ {2,}/g, () => content)
    throw new UnknownRule('normalizer', { type: 'Replace by a pattern' })
  },
}

function bert(entry: Entry): Change {
  const isLower = entry.lowercase !== false
  const strips = typeof entry.strip_accents === 'boolean' ? entry.strip_accents : isLower
  return text => {
    let changed = entry.clean_text === false ? text : cleaned(text)
    if (entry.handle_chinese_chars !== false) changed = changed.replace(/\p{Unified_Ideograph}/gu, ' $& ')
    if (strips) changed = withoutAccents(changed)
    return isLower ? changed.toLowerCase() : changed
  }
}

function withoutAccents(text: string): string {
  return text.normalize('NFD').replace(/\p{Mn}/gu, '')
}

/** Without characters that steer, and with one kind of blank. */
function cleaned(text: string): string {
  return text.replace(/\s/gu, ' ').replace(/[\p{Cc}\p{Cf}\ufffd]/gu, '')
}
