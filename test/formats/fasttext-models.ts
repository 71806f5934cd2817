import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { allocateMatrix } from '#math/matrix'
import { Random } from '#math/random'
import { Vocabulary } from '#text/vocabulary/vocabulary'
import { SubwordVectors, WordVectors } from '#vectors/index'

export const here = (name: string) =>
  fileURLToPath(new URL(`../../../test/formats/fasttext/${name}`, import.meta.url))

const isInstalled = spawnSync('fasttext').error === undefined

export const skip = isInstalled ? false : 'the program fasttext is not installed'

export function printed(model: string, words: readonly string[]): string {
  return execFileSync('fasttext', ['print-word-vectors', model], {
    input: `${words.join('\n')}\n`,
  }).toString()
}

/** fastText prints five digits of sums in float32; words without any n-gram get zeros there, and nothing here. */
export function assertPrinted(vectors: WordVectors, text: string): void {
  const lines = text.trimEnd().split('\n')
  assert.ok(lines.length >= 3)
  for (const line of lines) {
    const [word, ...numbers] = line.trimEnd().split(' ')
    const found = [...(vectors.vector(word!) ?? numbers.map(() => 0))]
    for (const [i, number] of numbers.map(Number).entries()) {
      const digit = 10 ** (Math.floor(Math.log10(Math.abs(number) || 1)) - 4)
      assert.ok(Math.abs(found[i]! - number) <= 0.5 * digit + 1e-6, `${line}: ${found}`)
    }
  }
}

export function assertClose(a: readonly number[], b: readonly number[], most: number): void {
  assert.equal(a.length, b.length)
  for (const [i, value] of a.entries()) assert.ok(Math.abs(value - b[i]!) <= most, `${value} and ${b[i]}`)
}

/** Words with n-grams in `buckets`, or in all. */
export function smallVectors(count: number, buckets?: Uint32Array): WordVectors {
  const words = ['a', 'loom', 'b', 'naïve']
  const rows = allocateMatrix(buckets?.length ?? count, 3)
  const matrix = allocateMatrix(words.length, 3)
  const random = new Random(3, 3)
  for (const { data } of [rows, matrix])
    for (let i = 0; i < data.length; i++) if (i % 4 < 3) data[i] = random.uniform() - 0.5
  const settings = { minNgram: 3, maxNgram: 5, buckets: count }
  const subwords = new SubwordVectors({ settings, matrix: rows, ...(buckets && { buckets }) })
  return new WordVectors({ vocabulary: Vocabulary.of(words), matrix, subwords })
}
