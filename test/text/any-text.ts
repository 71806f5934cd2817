import fc from 'fast-check'

/** Below U+D800, or beyond the surrogates, and known to this engine: some have an older Unicode than Wordloom. fc.string's own takes seconds to list them all before it gives the first. */
export const anyCharacter = fc
  .integer({ min: 0, max: 0x10ffff - 0x800 })
  .map(point => String.fromCodePoint(point < 0xd800 ? point : point + 0x800))
  .filter(character => /\P{Unassigned}/u.test(character))

/** Text with much of what words are made of and little of everything else. */
export const anyText = fc
  .array(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc.constantFrom(
          "don't",
          'it’s',
          'Ünïcode',
          'ΣΊΣΥΦΟΣ',
          'İstanbul',
          'naïve',
          "'",
          '’',
          '_a1',
        ),
      },
      {
        weight: 4,
        arbitrary: fc.constantFrom(
          ' ',
          '\n',
          '\r\n',
          '.',
          '—',
          '\u200d',
          '\u200c',
          '\u0301',
          '\ufeff',
          '\u2028',
          '\u00ad',
          '·',
          '\u2027',
        ),
      },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          '漢字',
          'カタカナー',
          'ภาษาไทย',
          'မြန်မာ',
          '葛\u{e0100}城',
          '東京2020年',
          '𐐀',
          '😀',
          '㍿',
          'ﾊﾟｿｺﾝ',
        ),
      },
      {
        weight: 2,
        arbitrary: fc.constantFrom('हिन्दी', 'क्\u200dष', 'Русский', 'مرحبا', '한국어', '½', 'Ⅻ', '\u{1d7d9}'),
      },
      {
        weight: 3,
        arbitrary: fc.array(anyCharacter, { maxLength: 6 }).map(characters => characters.join('')),
      },
      { weight: 3, arbitrary: fc.string({ maxLength: 8 }) },
    ),
    { maxLength: 40 },
  )
  .map(pieces => pieces.join(''))
