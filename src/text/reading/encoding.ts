import { byNearness, type Names, text } from '../../options/index.js'

/**
 * How the bytes of a text are meant: `bytes` is UTF-8 in which anything badly encoded stays the bytes it is,
 * `strict` is UTF-8 or an error, `utf16` is little-endian unless a byte order mark says otherwise; else a label of the
 * Encoding Standard of WHATWG, such as `latin1`, `gbk` or `shift_jis`.
 */
export type TextEncodingName = string

/** Encodings that are read here; the engine knows all others. */
const own = ['bytes', 'strict', 'utf16', 'windows-1252'] as const

/** Labels that are suggested, which every engine knows. */
const labels = [
  ...['utf-8', 'utf-16le', 'utf-16be', 'latin1', 'iso-8859-1', 'iso-8859-2', 'iso-8859-5', 'iso-8859-7'],
  ...['iso-8859-9', 'iso-8859-15', 'windows-1250', 'windows-1251', 'windows-1253', 'windows-1254'],
  ...['windows-1255', 'windows-1256', 'windows-1257', 'windows-1258', 'windows-874', 'koi8-r', 'koi8-u'],
  ...[
    'macintosh',
    'ibm866',
    'gbk',
    'gb18030',
    'gb2312',
    'big5',
    'euc-jp',
    'iso-2022-jp',
    'shift_jis',
    'euc-kr',
  ],
] as const

/** Names of Python and of Windows that are no labels. */
const aliases: Readonly<Record<string, string>> = {
  'utf-8': 'bytes',
  'utf-16': 'utf16',
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
}

/** As many suggestions are made. */
const NEAREST = 3

/** The one name of an encoding; undefined if there is none. */
export function canonicalName(encoding: unknown): string | undefined {
  if (typeof encoding !== 'string') return undefined
  const name = encoding.trim().toLowerCase()
  if ((own as readonly string[]).includes(name)) return name
  const label = aliases[name] ?? name
  if ((own as readonly string[]).includes(label)) return label
  try {
    const canonical = new TextDecoder(label).encoding
    return aliases[canonical] ?? canonical
  } catch {
    return undefined
  }
}

const names: Names = {
  are: 'bytes, strict, utf16 or a label of the Encoding Standard',
  has: name => canonicalName(name) !== undefined,
  nearest: name => byNearness(name.toLowerCase(), [...own, ...labels]).slice(0, NEAREST),
}

/** The option of every call that reads text. */
export const encodingOption = text(
  'bytes',
  'encoding of the text: bytes: UTF-8, keeping badly encoded bytes as they are; strict: UTF-8, refusing badly encoded text; utf16: little-endian unless a byte order mark says otherwise; or any label of the Encoding Standard, such as latin1, windows-1251, gbk, big5, shift_jis or euc-kr',
  { names },
)

/** Whether the bytes are passed on as they are. */
export function isUtf8(encoding: TextEncodingName): boolean {
  return ['bytes', 'strict'].includes(canonicalName(encoding) ?? '')
}

/** Whether the bytes may have NUL among them. */
export function isUtf16(encoding: TextEncodingName): boolean {
  return ['utf16', 'utf-16le', 'utf-16be'].includes(canonicalName(encoding) ?? '')
}
