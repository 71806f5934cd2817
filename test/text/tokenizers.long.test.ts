import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { UNICODE_VERSION } from '#text/scanning/letter-ranges'
import { scanText } from './collect.js'
import { referenceWords } from './reference-words.js'

const shared = new URL('../../../../shared/data/', import.meta.url)

/** Otherwise the engine knows fewer characters, or more. */
const hasOurUnicode = process.versions.unicode === UNICODE_VERSION

const skip = existsSync(shared) ? false : 'the test data beside the checkout is absent'

test('every character is treated as the regular expression treats it', () => {
  for (let from = 0; from < 0x110000; from += 0x400) {
    const points = Array.from({ length: 0x400 }, (_, i) => from + i)
    const characters = points
      .filter(point => (point & 0xfff800) !== 0xd800)
      .map(point => String.fromCodePoint(point))
      .filter(character => hasOurUnicode || /\P{Unassigned}/u.test(character))
    const it = characters.map(character => `a${character}b ${character}c`).join('\n')
    assert.deepEqual(scanText('words', it), referenceWords(it), `from U+${from.toString(16)}`)
  }
})

test('real text in six languages: the words of the regular expression, and sensible ones', { skip }, () => {
  const expected: Record<string, string[]> = {
    de: ['und', 'der', 'größe', 'für'],
    ru: ['и', 'в', 'что', 'году'],
    ar: ['في', 'من', 'على'],
    hi: ['के', 'में', 'है'],
    zh: ['的', '在', '年', '世纪'],
    en: ['the', 'of', "didn't"],
  }
  for (const [language, words] of Object.entries(expected)) {
    const it = gunzipSync(readFileSync(new URL(`multilingual/xquad-${language}.txt.gz`, shared))).toString()
    const sentences = scanText('words', it)
    assert.deepEqual(sentences, referenceWords(it), language)
    const types = new Set(sentences.flat())
    assert.deepEqual(
      words.filter(word => !types.has(word)),
      [],
      language,
    )
  }
})
