import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { TokenIds, Vocabulary } from '#text/index'
import { KernelNumbering } from '#text/numbering/kernel-numbering'
import { KnownNumbering } from '#text/numbering/scanned-numbering'
import { GAP, piece } from './any-piece.js'
import { cutAt } from './collect.js'
import { bytes, feed, kernelEqualsTwin, numbersOf, PLAIN, tokenizers } from './numbered-alike.js'

const places = fc.array(fc.nat(5000), { maxLength: 30 })

for (const tokenizer of tokenizers) {
  test(`${tokenizer}: the kernel numbers what its twin numbers, whatever the bytes and the chunks`, () => {
    fc.assert(
      fc.property(bytes, places, (it, at) => kernelEqualsTwin(tokenizer, cutAt(it, at))),
      { numRuns: 1500 },
    )
  })

  test(`${tokenizer}: with a vocabulary given, only its words have numbers`, () => {
    const usual = ['a', 'z', "don't", 'é', '漢字', 'naïve', 'x'.repeat(40), '_a1', 'it’s']
    for (const known of [usual, ['x'.repeat(2000), ...usual]]) {
      const vocabulary = Vocabulary.of(known)
      const frequent = fc.constantFrom(...known).map(it => Buffer.from(` ${it}\n`))
      fc.assert(
        fc.property(fc.array(fc.oneof(piece, frequent)), places, (pieces, at) => {
          const steps = cutAt(Buffer.concat(pieces), at)
          const ids = [new TokenIds(), new TokenIds()] as const
          const kernel = new KernelNumbering(tokenizer, ids[0], vocabulary)
          const twin = new KnownNumbering(tokenizer, ids[1], vocabulary)
          feed(kernel, steps)
          feed(twin, steps)
          const finalIds = kernel.finish({}).ids
          assert.equal(finalIds === undefined, known === usual)
          if (finalIds) ids[0].renumber(finalIds)
          assert.deepEqual(
            [kernel.tokens, kernel.sentences, kernel.skipped, numbersOf(ids[0])],
            [twin.tokens, twin.sentences, twin.skipped, numbersOf(ids[1])],
          )
        }),
        { numRuns: 300 },
      )
    }
  })

  test(`${tokenizer}: tokens about as long as a token may be are numbered alike`, () => {
    for (const part of ['a', 'é', "a'", 'x\u200d', 'Ⱥ'])
      for (let bytes = 985; bytes < 1010; bytes++)
        for (const end of ['', "'", "''", '\u200d', '’', '\u200d\u200d', '—']) {
          const token = part.repeat(Math.floor(bytes / Buffer.byteLength(part)))
          const fill = 'b'.repeat(bytes - Buffer.byteLength(token))
          kernelEqualsTwin(tokenizer, [Buffer.from(`x ${token}${fill}${end} y`), Buffer.from(PLAIN)])
        }
  })

  test(`${tokenizer}: tokens and pieces larger than every buffer are numbered alike`, () => {
    const parts = ['a', 'é', '漢字', "a'b", 'я', '\xff', '😀'].map(it =>
      Buffer.from(`x ${it.repeat(100_000)} y\n`, it === '\xff' ? 'latin1' : 'utf8'),
    )
    for (const size of [1000, 70_000, 1_000_000])
      kernelEqualsTwin(
        tokenizer,
        parts.flatMap(it =>
          cutAt(
            it,
            Array.from({ length: Math.ceil(it.length / size) }, (_, i) => i * size),
          ),
        ),
      )
  })

  test(`${tokenizer}: the table of words grows as it must`, () => {
    const words = Array.from(
      { length: 150_000 },
      (_, i) => `w${(i * 7919) % 100_003}${i % 11 ? '' : 'é'.repeat(i % 40)}`,
    )
    kernelEqualsTwin(tokenizer, [
      Buffer.from(words.join(' ')),
      'end',
      Buffer.from(words.toReversed().join('\n')),
    ])
  })
}

test('every character below U+10000, and some above, is numbered alike', () => {
  const points = Array.from({ length: 0x10000 + 0x2000 }, (_, i) =>
    i < 0x10000 ? i : 0x10000 + (i - 0x10000) * 97,
  )
  const lines = points
    .filter(point => (point & 0xfff800) !== 0xd800)
    .map(point => String.fromCodePoint(point))
    .map(character => `${character} a${character}b ${character}c d${character} ${character}${character}`)
  kernelEqualsTwin('words', [Buffer.from(lines.join(GAP.toString()))])
})
