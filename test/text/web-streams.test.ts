import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formats, read } from 'wordloom/formats'
import { encodeCorpus, Vocabulary } from 'wordloom/text'
import { WordVectors } from 'wordloom/vectors'

/** As some engines have streams: nothing of them can be iterated over. */
function streamOf<Chunk>(...chunks: Chunk[]) {
  const stream = new ReadableStream<Chunk>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
  return { getReader: () => stream.getReader() }
}

test('streams that nobody can iterate over are read: bytes, sentences and vectors', async () => {
  const bytes = new TextEncoder().encode('the cat sat\non the mat\n')
  const options = { minCount: 1 }
  const { facts } = await encodeCorpus(streamOf(bytes.subarray(0, 5), bytes.subarray(5)), options)
  assert.deepEqual([facts.tokens, facts.sentences], [6, 2])
  const sentences = streamOf<string | string[]>('the cat sat', ['on', 'the', 'mat'])
  const { facts: ofSentences } = await encodeCorpus(sentences, options)
  assert.deepEqual([ofSentences.tokens, ofSentences.sentences], [6, 2])
  const vectors = WordVectors.allocate(Vocabulary.of(['cat', 'mat']), 2)
  vectors.matrix.data.set([3, 4], vectors.matrix.stride)
  const chunks = streamOf(...formats.safetensors.write(vectors))
  assert.deepEqual([...(await read({ name: 'a.safetensors', chunks })).vector('mat')!], [3, 4])
})

test('an answer without a body is refused by what it is', async () => {
  await assert.rejects(() => encodeCorpus(null), {
    code: 'usage',
    message: /^Cannot read a text: it is null; expected a path, /,
  })
  await assert.rejects(() => read({ name: 'a.bin', chunks: null }), {
    code: 'usage',
    message:
      /^Cannot read word vectors: a\.bin: its bytes are null, as the body of an answer without one\. Look /,
  })
})
