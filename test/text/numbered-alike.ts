import assert from 'node:assert/strict'
import fc from 'fast-check'
import { TokenIds } from '#text/index'
import { KernelNumbering } from '#text/numbering/kernel-numbering'
import type { Numbering } from '#text/numbering/numbering'
import { ScannedNumbering } from '#text/numbering/scanned-numbering'
import { piece } from './any-piece.js'

export const tokenizers = ['words', 'whitespace'] as const

type Name = (typeof tokenizers)[number]

/** What a text can be given as: bytes, the end of a part, or a sentence of tokens. */
type Step = Uint8Array | 'end' | readonly Uint8Array[]

export function feed(numbering: Numbering, steps: readonly Step[]): void {
  for (const step of steps) {
    if (step === 'end') numbering.end()
    else if (step instanceof Uint8Array) numbering.write(step)
    else {
      for (const token of step) numbering.token(token, 0, token.length)
      numbering.endSentence()
    }
  }
  numbering.end()
}

/** Everything that comes out. */
function outcome(numbering: KernelNumbering | ScannedNumbering, ids: TokenIds, steps: readonly Step[]) {
  feed(numbering, steps)
  const { tokens, sentences, skipped } = numbering
  const { vocabulary, ids: finalIds } = numbering.finish({ minCount: 2 })
  const { size } = numbering
  const words = Array.from({ length: vocabulary.size }, (_, id) =>
    Buffer.from(vocabulary.bytes(id)).toString('latin1'),
  )
  const numbers = new Int32Array(ids.length)
  ids.read(0, ids.length, numbers)
  const facts = { tokens, sentences, skipped, size, idTokens: ids.tokens }
  return { facts, words, counts: vocabulary.counts, numbers, finalIds }
}

export function kernelEqualsTwin(tokenizer: Name, steps: readonly Step[]): void {
  const ids = [new TokenIds(), new TokenIds()] as const
  assert.deepEqual(
    outcome(new KernelNumbering(tokenizer, ids[0]), ids[0], steps),
    outcome(new ScannedNumbering(tokenizer, ids[1]), ids[1], steps),
  )
}

/** So much text that what comes before it does not wait for its end. */
export const PLAIN = ' and so on'.repeat(300)

export const bytes = fc
  .tuple(fc.array(piece, { maxLength: 12 }), fc.constantFrom('', PLAIN))
  .map(([pieces, after]) => Buffer.concat([...pieces, Buffer.from(after)]))

export function numbersOf(ids: TokenIds): Int32Array {
  const numbers = new Int32Array(ids.length)
  ids.read(0, ids.length, numbers)
  return numbers
}
