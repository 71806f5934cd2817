import { fileOf, type Section } from '../../tensors/index.js'
import type { Vocabulary } from '../../text/index.js'
import type { WordVectors } from '../../vectors/index.js'
import { checkEach, inChunks } from '../chunks.js'
import type { PlainFormat } from '../format.js'
import { unholdable } from '../refusals.js'
import { matrixSection } from './matrix-section.js'
import { safetensors } from './safetensors.js'

const UNKNOWN = '[UNK]'

/**
 * A folder of model2vec: safetensors with one tensor `embeddings` F32 [V + 1, d], tokenizer.json with whole words
 * as the pieces of a WordPiece model, and config.json. The last row, of zeros, is that of unknown words.
 */
export const model2vec: PlainFormat = {
  extensions: [],
  alsoNamed: ['.safetensors'],
  description: 'model2vec; tokenizer.json, config.json beside',
  recognizes: () => false, // safetensors.read tells it by its tensors
  read: safetensors.read,
  refuse: vocabulary => checkEach(vocabulary, textOf),
  write: vectors => inChunks(fileOf([embeddings(vectors)], { format: 'pt' })),
  companions: () => [
    { name: 'tokenizer.json', write: ({ vocabulary }) => inChunks(tokenizer(vocabulary)) },
    { name: 'config.json', write: () => inChunks([encoded(`${JSON.stringify(config, undefined, 2)}\n`)]) },
  ],
}

const config = { model_type: 'model2vec', architectures: ['StaticModel'], normalize: true }

function embeddings({ matrix }: WordVectors): Section {
  const { name, dtype, shape, chunks } = matrixSection('embeddings', matrix)
  const [rows, columns] = shape as [number, number]
  return { name, dtype, shape: [rows + 1, columns], chunks: withLast(chunks, new Uint8Array(columns * 4)) }
}

function* withLast(chunks: Iterable<Uint8Array>, last: Uint8Array): Generator<Uint8Array> {
  yield* chunks
  yield last
}

/** JSON by hand where words are keys: an object would put numbers first. */
function* tokenizer(vocabulary: Vocabulary): Generator<Uint8Array> {
  const unknown = { id: vocabulary.size, content: UNKNOWN, special: true }
  const plain = { single_word: false, lstrip: false, rstrip: false, normalized: false }
  const beginning = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [{ ...unknown, ...plain }],
    normalizer: null,
    pre_tokenizer: { type: 'WhitespaceSplit' },
    post_processor: null,
    decoder: null,
  }
  const model = {
    type: 'WordPiece',
    unk_token: UNKNOWN,
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 1000,
  }
  yield encoded(
    `${JSON.stringify(beginning).slice(0, -1)},"model":${JSON.stringify(model).slice(0, -1)},"vocab":{`,
  )
  for (let id = 0; id < vocabulary.size; id++)
    yield encoded(`${JSON.stringify(textOf(vocabulary, id))}:${id},\n`)
  yield encoded(`"${UNKNOWN}":${vocabulary.size}}}}\n`)
}

function textOf(vocabulary: Vocabulary, id: number): string {
  const word = vocabulary.word(id)
  if (word === UNKNOWN || word === '' || !sameBytes(encoded(word), vocabulary.bytes(id)))
    throw unholdable(
      vocabulary,
      id,
      word === UNKNOWN ? 'is kept for unknown words' : 'is empty or not UTF-8',
      'tokenizer.json',
    )
  return word
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
