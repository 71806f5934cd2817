import { formats, openVectorFile, read } from 'wordloom/formats'
import { Vocabulary } from 'wordloom/text'
import { WordVectors } from 'wordloom/vectors'
import { allocateMatrix, row } from '#math/matrix'

/** A frame that is no content, `x 1 2\ny 3 4\n` as the zstd command packs it, and `z 5 6\n` in a frame of its own. */
const ZSTANDARD = `502a4d1802000000abcd${'28b52ffd045861000078203120320a79203320340a4e1338f8'}${'28b52ffda0060000003100007a203520360a'}`

export function sampleVectors(): WordVectors {
  const words = Array.from({ length: 3000 }, (_, i) => `wörd${i * 7}`)
  const matrix = allocateMatrix(words.length, 20)
  for (let i = 0; i < words.length; i++)
    row(matrix, i).set(Float32Array.from({ length: 20 }, (_, j) => i - j / 3))
  return new WordVectors({ vocabulary: Vocabulary.of(words), matrix })
}

/** What Node and a page must do alike; `source` is the sample as a file of this platform. */
export async function formatsEverywhere(source: string | Blob) {
  const vectors = sampleVectors()
  const packed = new Blob([...formats.safetensors.write(vectors)])
    .stream()
    .pipeThrough(new CompressionStream('gzip'))
  const unpacked = await read({ name: 'v.safetensors.gz', chunks: packed })
  const zstandard = Uint8Array.from(ZSTANDARD.match(/../g)!, hex => Number.parseInt(hex, 16))
  const ofZstandard = await read({ name: 'v.txt', chunks: [zstandard] })
  const parquet: Uint8Array<ArrayBuffer>[] = []
  for await (const chunk of formats.parquet.write(vectors)) parquet.push(chunk)
  const ofParquet = await read({ name: 'v.parquet', chunks: parquet }, { words: ['wörd7', 'wörd20993'] })
  const file = await openVectorFile(source)
  const blob = await openVectorFile(new Blob([...formats.safetensors.write(vectors)]))
  const answers = {
    unpacked: [unpacked.size, ...unpacked.vector('wörd700')!],
    zstandard: [...ofZstandard.vocabulary.words(), ...ofZstandard.vector('z')!],
    parquet: [...ofParquet.vocabulary.words(), ...ofParquet.vector('wörd20993')!],
    lookedUp: [await file.idOf('wörd14'), ...(await file.vector('wörd20986'))!, await file.has('wörd1')],
    ofBlob: [await blob.word(2), ...(await blob.vector('wörd0'))!],
  }
  await file.close()
  await blob.close()
  return answers
}
