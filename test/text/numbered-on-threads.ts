import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { TokenIds, Vocabulary } from '#text/index'
import { KernelNumbering } from '#text/numbering/kernel-numbering'
import type { Numbering } from '#text/numbering/numbering'
import { ParallelNumbering } from '#text/numbering-threads/parallel-numbering'
import { piece } from './any-piece.js'

export const tokenizers = ['words', 'whitespace'] as const

export const known = Vocabulary.of(['a', 'z', "don't", 'é', '漢字', 'x'.repeat(40), '_a1', 'x'.repeat(2000)])

export type Step = Uint8Array | 'end' | readonly Uint8Array[]

/** Everything that comes out, ids included. */
async function outcome(make: (ids: TokenIds) => Numbering, steps: readonly Step[]) {
  const ids = new TokenIds()
  const numbering = make(ids)
  try {
    for (const step of steps)
      if (step === 'end') await numbering.end()
      else if (step instanceof Uint8Array) await numbering.write(step)
      else {
        await numbering.end()
        await numbering.settle?.()
        for (const token of step) numbering.token(token, 0, token.length)
        numbering.endSentence()
      }
    await numbering.end()
    await numbering.settle?.()
    const { tokens, sentences, skipped } = numbering
    const { vocabulary, ids: tables } = await numbering.finish({ minCount: 2 })
    if (tables) ids.renumber(tables)
    const numbers = new Int32Array(ids.length)
    ids.read(0, ids.length, numbers)
    const words = Array.from({ length: vocabulary.size }, (_, id) =>
      Buffer.from(vocabulary.bytes(id)).toString('hex'),
    )
    return {
      tokens,
      sentences,
      skipped,
      words,
      counts: [...vocabulary.counts],
      numbers,
      size: numbering.size,
    }
  } finally {
    await numbering.close?.()
  }
}

export interface Cutting {
  readonly threads: number
  readonly pieceBytes: number
  readonly earlyBytes: number
}

export async function sameAsOne(
  tokenizer: (typeof tokenizers)[number],
  steps: readonly Step[],
  { threads, ...sizes }: Cutting,
  vocabulary?: Vocabulary,
): Promise<void> {
  const one = await outcome(ids => new KernelNumbering(tokenizer, ids, vocabulary), steps)
  const several = await outcome(
    ids => new ParallelNumbering(tokenizer, ids, threads, vocabulary, sizes),
    steps,
  )
  if (vocabulary) several.size = one.size
  assert.deepEqual(several, one)
}

export const bytes = fc.array(piece, { maxLength: 12 }).map(pieces => Buffer.concat(pieces))

export const pieceBytes = fc.oneof(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 40, max: 4000 }))

/** A test for each tokenizer, with such a vocabulary or none. */
export function testThreads(vocabulary: Vocabulary | undefined): void {
  const given = vocabulary ? ', with a vocabulary given' : ''
  for (const tokenizer of tokenizers)
    test(`${tokenizer}: a text on several threads is numbered like a text on one${given}`, async () => {
      const threads = fc.integer({ min: 2, max: 4 })
      const earlyBytes = fc.constantFrom(0, 300)
      await fc.assert(
        fc.asyncProperty(bytes, pieceBytes, threads, earlyBytes, (text, size, threads, earlyBytes) =>
          sameAsOne(tokenizer, [text], { threads, pieceBytes: size, earlyBytes }, vocabulary),
        ),
        { numRuns: 20 },
      )
    })
}
