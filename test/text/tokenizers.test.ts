import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { tokenize, Vocabulary } from '#text/index'
import { segmentationOf } from '#text/inner'
import { anyText } from './any-text.js'
import { cutAt, scan, scanText } from './collect.js'
import { referenceWords } from './reference-words.js'

test('words read as bytes are the words of the regular expression', () => {
  fc.assert(
    fc.property(anyText, it => assert.deepEqual(scanText('words', it), referenceWords(it))),
    { numRuns: 2000 },
  )
})

test('a sigma before a letter that has a case and no other case beside it is not a final one', () => {
  for (const word of ['ΣΊΣΥΦΟΣ𝐀', 'ΟΔΟΣª', 'ΟΔΟΣ', 'ΟΔΟΣ1'])
    assert.deepEqual(scanText('words', word), [[word.toLowerCase()]])
})

test('chunks cut anywhere give the same tokens, valid UTF-8 or not', () => {
  const bytes = fc.oneof(
    anyText.map(it => Buffer.from(it)),
    fc.uint8Array({ maxLength: 80 }).map(it => Buffer.from(it)),
    fc
      .array(fc.constantFrom(...Buffer.from("aé' \n漢字\u200d😀\xff")), { maxLength: 80 })
      .map(it => Buffer.from(it)),
  )
  const byLetters = (line: string) => line.split(/\P{L}+/u)
  for (const tokenizer of ['words', 'whitespace', byLetters] as const)
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(200), { maxLength: 60 }), (it, places) =>
        assert.deepEqual(scan(tokenizer, cutAt(it, places)), scan(tokenizer, [it])),
      ),
      { numRuns: 700 },
    )
})

test('bytes that are not UTF-8 separate words as the decoder says', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom(
          0x41,
          0x62,
          0x20,
          0x80,
          0xbf,
          0xc3,
          0xa9,
          0xe4,
          0xb8,
          0xad,
          0xed,
          0xf0,
          0x9f,
          0xf5,
          0xff,
        ),
      ),
      it => {
        const bytes = Buffer.from(it)
        const tokens = scan('words', [bytes])
          .sentences.flat()
          .map(token => Buffer.from(token, 'latin1').toString())
        assert.deepEqual(tokens, referenceWords(bytes.toString()).flat())
      },
    ),
    { numRuns: 3000 },
  )
})

test('words are stable: tokenising the tokens gives the tokens', () => {
  fc.assert(
    fc.property(anyText, it => {
      const tokens = tokenize(it).filter(
        token => !/[\p{Script=Thai}\p{Script=Han}\p{Script=Katakana}\p{Script=Myanmar}]/u.test(token),
      )
      assert.deepEqual(tokenize(tokens.join(' ')), tokens)
    }),
  )
})

test('apostrophes stay inside words, typographic ones become plain', () => {
  const line = "Don't say ‘it’s’ -- rock 'n' roll, o''clock, l’été, '90s, dogs' snake_case x2"
  assert.deepEqual(tokenize(line), [
    ...[
      "don't",
      'say',
      "it's",
      'rock',
      'n',
      'roll',
      'o',
      'clock',
      "l'été",
      '90s',
      'dogs',
      'snake_case',
      'x2',
    ],
  ])
})

test('what is not to be seen is left out, what parts words is not', () => {
  assert.deepEqual(tokenize('co\u00adoperate \u200eright\u2060ward\u200f \ufeffone'), [
    'cooperate',
    'rightward',
    'one',
  ])
  assert.deepEqual(tokenize('ภาษา\u2060ไทย'), tokenize('ภาษาไทย'))
  assert.deepEqual(tokenize('zero\u200bwidth space'), ['zero', 'width', 'space'])
})

test('signs within words join them: the point of Catalan, Hebrew and Armenian abbreviations', () => {
  assert.deepEqual(tokenize('Col·laborar, l·l·· «·a·»'), ['col·laborar', 'l·l', 'a'])
  assert.deepEqual(tokenize('צה״ל Հ՟ա hy‧phen'), ['צה״ל', 'հ՟ա', 'hy‧phen'])
  assert.deepEqual(tokenize('史·乔'), ['史', '乔'])
  assert.deepEqual(scan('words', cutAt(Buffer.from('COL·LABORAR·'), [3, 4, 5, 12])).sentences, [
    [Buffer.from('col·laborar').toString('latin1')],
  ])
})

test('a voiced sound mark of half width stays with its kana', () => {
  assert.deepEqual(tokenize('ﾊﾟｿｺﾝ ﾃﾞｰﾀ ｶﾞﾝ ﾊﾞﾙ'), ['ﾊﾟｿｺﾝ', 'ﾃﾞｰﾀ', 'ｶﾞﾝ', 'ﾊﾞﾙ'])
})

test('letters are those of one version of Unicode, whatever the engine has', () => {
  assert.deepEqual(tokenize('a\u{10940}b \u{16ea0}'), ['a\u{10940}b', '\u{16ebb}']) // new in Unicode 17
  assert.deepEqual(tokenize('\u{323b0}\u{1f600}x'), ['\u{323b0}', 'x'])
})

test('a capital sigma is final where no cased letter follows', () => {
  assert.deepEqual(tokenize("ΣΊΣΥΦΟΣ ΑΣ' ΑΣ'Α Σ ΑΣ2 2Σ 𐐀Σ ΑΣ\u0301 İΣ"), [
    ...['σίσυφος', 'ας', "ασ'α", 'σ', 'ας2', '2σ', '𐐨ς', 'ας\u0301', 'i̇ς'],
  ])
})

test('lines are sentences; CR, CR LF, U+2028, no-break spaces and NUL are not', () => {
  const it = 'one two\r\nthree\rfour\u2028five\n\n \t\nsix\u00a0seven\0eight'
  assert.deepEqual(scanText('words', it), [
    ['one', 'two'],
    ['three', 'four', 'five'],
    ['six', 'seven', 'eight'],
  ])
  assert.deepEqual(scanText('whitespace', it), [
    ['one', 'two'],
    ['three', 'four\u2028five'],
    ['six\u00a0seven\0eight'],
  ])
})

test('whitespace keeps bytes as they are: case, punctuation, invalid UTF-8', () => {
  const bytes = Buffer.from('The "END". a\xff a\xfe\x0bA\x0cb', 'latin1')
  assert.deepEqual(scan('whitespace', [bytes]).sentences, [['The', '"END".', 'a\xff', 'a\xfe', 'A', 'b']])
})

test('a token over 1,000 bytes is skipped and counted, one of 1,000 bytes is not', () => {
  for (const tokenizer of ['words', 'whitespace', (line: string) => line.split(' ')] as const) {
    for (const letter of ['a', 'é']) {
      const longest = letter.repeat(1000 / Buffer.byteLength(letter))
      const it = Buffer.from(`x ${longest} y ${longest}a z ${longest.repeat(30)} w`)
      for (const size of [7, 1001, it.length]) {
        const chunks = cutAt(
          it,
          Array.from({ length: Math.floor(it.length / size) }, (_, i) => i * size),
        )
        const { sentences, skipped } = scan(tokenizer, chunks)
        const lengths = sentences.map(sentence => sentence.map(token => token.length))
        assert.deepEqual({ lengths, skipped }, { lengths: [[1, 1000, 1, 1, 1]], skipped: 2 })
      }
    }
  }
})

test('a long run without spaces is segmented in windows: nothing is lost, most words are those of the whole', () => {
  const line = '我们学习自然语言处理和词向量的方法'.repeat(60)
  const words = tokenize(line)
  assert.equal(words.join(''), line)
  const whole = [
    ...new Intl.Segmenter('en', { granularity: 'word' }).segment('我们学习自然语言处理和词向量的方法'),
  ]
  assert.ok(Math.abs(words.length - whole.length * 60) < words.length / 20)
})

test('a function is given lines without their breaks, long ones in pieces cut at white space', () => {
  const seen: string[] = []
  const tokenizer = (line: string) => {
    seen.push(line)
    return line.trim().split(/\s+/)
  }
  assert.deepEqual(scanText(tokenizer, 'One two\r\n\nthree'), [['One', 'two'], ['three']])
  assert.deepEqual(seen, ['One two', 'three'])
  const words = Array.from({ length: 40_000 }, (_, i) => `w${i}`)
  assert.deepEqual(scanText(tokenizer, words.join(' ')), [words])
  assert.ok(seen.every(piece => piece.length <= 65_536))
})

test('a tokenizer that gives no strings, or is unknown, is refused', () => {
  assert.throws(() => tokenize('a', () => [1] as unknown as string[]), {
    code: 'usage',
    message: /a value of type number; expected a string/,
  })
  assert.throws(() => tokenize('a', () => 'ab' as unknown as string[]), {
    code: 'usage',
    message: /array of strings/,
  })
  assert.throws(() => tokenize('a', () => ['\ud800']), {
    code: 'bad-data',
    message: /lone surrogate \(U\+D800\)/,
  })
  assert.throws(() => tokenize('a', 'toString' as 'words'), {
    code: 'usage',
    message: /expected one of words, whitespace/,
  })
})

test('a vocabulary with words that a dictionary cut tells which ones, and how they cut', () => {
  assert.deepEqual(segmentationOf(Vocabulary.of(['plain', 'größe', '한국어', 'हिन्दी'])), {})
  const marks = segmentationOf(Vocabulary.of(['word', 'ภาษา', '東京', 'カタカナ', 'ភាសា']))
  assert.deepEqual(Object.keys(marks), ['chinese-japanese', 'khmer', 'thai'])
  assert.ok(Object.values(marks).every(mark => /^[0-9a-f]{8}$/.test(mark)))
  assert.deepEqual(segmentationOf(Vocabulary.of(['ភាសា', 'ภาษา', '東京'])), marks)
})
