import assert from 'node:assert/strict'
import type { VectorFile } from '#formats/index'
import { row } from '#math/matrix'
import type { WordVectors } from '#vectors/index'

export async function checkWhole(file: VectorFile, vectors: WordVectors): Promise<void> {
  assert.deepEqual([file.size, file.dimensions], [vectors.size, vectors.dimensions])
  assert.deepEqual(Object.entries(file.metadata), Object.entries(vectors.metadata))
  for (let id = 0; id < vectors.size; id++) {
    const word = vectors.vocabulary.bytes(id)
    assert.equal(await file.idOf(word), id)
    assert.deepEqual(await file.vector(word), row(vectors.matrix, id).slice())
    assert.equal(await file.word(id), vectors.vocabulary.word(id))
  }
  for (const word of ['', 'toString', 'constructo', 'constructorr'])
    assert.equal(await file.vector(word), undefined)
}
