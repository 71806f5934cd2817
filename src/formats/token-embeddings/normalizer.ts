import { charsmapOf } from './charsmap.js'
import { type Entry, entriesOf, entryOf, UnknownRule } from './rules.js'

/** Changes a text, or one of its parts, before it is cut. */
export type Change = (text: string) => string

/**
 * What Hugging Face's tokenizers do to a text before they cut it, by the entry `normalizer`. Steps that the library for
 * JavaScript takes in another way than the original in Rust are here; `ofLibrary` makes the others. Throws `UnknownRule`.
 */
export function normalizerOf(value: unknown, ofLibrary: (entry: Entry) => Change): Change {
  const entry = entryOf(value)
  if (!entry) return text => text
  if (entry.type === 'Sequence') {
    const changes = entriesOf(entry.normalizers).map(one => normalizerOf(one, ofLibrary))
    return text => changes.reduce((changed, change) => change(changed), text)
  }
  const change = Object.hasOwn(own, String(entry.type)) ? own[String(entry.type)] : undefined
  return change ? change(entry) : ofLibrary(entry)
}

const own: Readonly<Record<string, (entry: Entry) => Change>> = {
  BertNormalizer: bert,
  Lowercase: () => lowercase,
  StripAccents: () => text => text.replace(/\p{M}/gu, ''),
  Strip: strip,
  Prepend:
    ({ prepend }) =>
    text =>
      text === '' ? '' : `${String(prepend)}${text}`,
  Nmt: () => text => text.replace(NMT_CONTROLS, '').replace(NMT_BLANKS, ' '),
  Precompiled: ({ precompiled_charsmap: map }) => {
    if (typeof map !== 'string') throw new UnknownRule('normalizer', { type: 'Precompiled without a table' })
    return charsmapOf(map)
  },
}

function bert(entry: Entry): Change {
  const isLower = entry.lowercase !== false
  const strips = typeof entry.strip_accents === 'boolean' ? entry.strip_accents : isLower
  return text => {
    let changed = entry.clean_text === false ? text : cleaned(text)
    if (entry.handle_chinese_chars !== false) changed = changed.replace(IDEOGRAPHS, ' $& ')
    if (strips) changed = changed.normalize('NFD').replace(/\p{Mn}/gu, '')
    return isLower ? lowercase(changed) : changed
  }
}

/** Without characters that steer, and with one kind of blank; line breaks and tabs are blanks, other controls are not. */
function cleaned(text: string): string {
  return text.replace(/(?![\t\n\r])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\ufffd]/gu, '').replace(/\p{White_Space}/gu, ' ')
}

/** Character by character, so that a capital sigma at the end of a word does not become a final one. */
function lowercase(text: string): string {
  return text.includes('Σ')
    ? text
        .split('Σ')
        .map(part => part.toLowerCase())
        .join('σ')
    : text.toLowerCase()
}

function strip({ strip_left: left, strip_right: right }: Entry): Change {
  return text => {
    const stripped = left === false ? text : text.replace(/^\p{White_Space}+/u, '')
    return right === false ? stripped : stripped.replace(/\p{White_Space}+$/u, '')
  }
}

/** The blocks of CJK that BERT parts into characters. */
const IDEOGRAPHS =
  /[\u4e00-\u9fff\u3400-\u4dbf\u{20000}-\u{2a6df}\u{2a700}-\u{2b73f}\u{2b740}-\u{2b81f}\u{2b920}-\u{2ceaf}\uf900-\ufaff\u{2f800}-\u{2fa1f}]/gu

// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what it is about
const NMT_CONTROLS = /[\u0001-\u0008\u000b\u000e-\u001f\u007f\u008f\u009f]/g
const NMT_BLANKS = /[\t\n\f\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]/g
