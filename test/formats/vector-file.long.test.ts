import { test } from 'node:test'
import { openVectorFile } from '#formats/index'
import { allocateMatrix, row } from '#math/matrix'
import { Vocabulary } from '#text/vocabulary/vocabulary'
import { WordVectors } from '#vectors/index'
import { checkWhole } from './check-whole.js'
import { bytesIn } from './sample.js'

test('many words, and words whose hashes meet, are found by the index', async () => {
  const words = Array.from({ length: 5000 }, (_, i) => `w${i * 7919}`)
  const matrix = allocateMatrix(words.length, 1)
  for (let i = 0; i < words.length; i++) row(matrix, i)[0] = i
  const vectors = new WordVectors({ vocabulary: Vocabulary.of(words), matrix })
  await checkWhole(await openVectorFile(new Blob([bytesIn('safetensors', vectors)])), vectors)
})
