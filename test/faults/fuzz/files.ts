import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { readClassifier, writeClassifier } from '#classification/index'
import { type FormatName, formats, type VectorFormat } from '#formats/index'
import { fileOf as fileOfSections } from '#tensors/index'
import { Vocabulary } from '#text/vocabulary/vocabulary'
import { WordVectors } from '#vectors/index'
import { smallVectors } from '../../formats/fasttext-models.js'
import { parquetOf } from '../../formats/parquet-files.js'
import { awkwardVectors } from '../../formats/sample.js'

/** A file of vectors and what lies beside it, by name. */
export interface Files {
  readonly main: string
  readonly content: Readonly<Record<string, Uint8Array<ArrayBuffer>>>
}

/** What a format writes, with the files beside it. */
export async function filesOf(format: FormatName, main: string, vectors: WordVectors): Promise<Files> {
  const { write, companions }: VectorFormat = formats[format]
  const content: Record<string, Uint8Array<ArrayBuffer>> = { [main]: await whole(write(vectors)) }
  for (const companion of companions?.(main) ?? [])
    content[companion.name] = await whole(companion.write(vectors))
  return { main, content }
}

/** One file that says all by itself. */
export function fileOf(main: string, content: string | Uint8Array): Files {
  return { main, content: { [main]: new Uint8Array(Buffer.from(content)) } }
}

/** A classifier that fastText made. */
export function classifierFile(name: string): Files {
  const path = new URL(`../../../../test/classification/models/${name}`, import.meta.url)
  return fileOf(name, readFileSync(path))
}

/** The same in our own format. */
export async function storedClassifier(name: string): Promise<Files> {
  const { main, content } = classifierFile(name)
  const classifier = await readClassifier({ name, chunks: [content[main]!] })
  return fileOf('c.safetensors', Buffer.concat([...writeClassifier(classifier)]))
}

/** Few words that every format can hold. */
export function plainVectors(dimensions = 4): WordVectors {
  return awkwardVectors(['__proto__', 'constructor', '</s>', 'naïve', '東京', '1.5', 'a'], dimensions)
}

/** The same with output vectors and counts. */
export function fullVectors(): WordVectors {
  const { vocabulary, matrix, metadata } = plainVectors()
  const words = Array.from({ length: vocabulary.size }, (_, id) => vocabulary.bytes(id))
  return new WordVectors({
    vocabulary: Vocabulary.of(words, vocabulary.counts),
    matrix,
    outputVectors: matrix,
    metadata,
  })
}

/** Parquet with a dictionary and levels, as pyarrow writes it. */
export function parquetWithDictionary(): Files {
  return fileOf(
    'v.parquet',
    parquetOf(
      ['a', 'b', 'a', 'c'],
      [
        [1, 2],
        [1, 2],
        [2, 1],
        [1, 1],
      ],
    ),
  )
}

/** Static sentence models with tokenizers of every kind, and all that lies beside them. */
export function staticModels(): Files[] {
  const wordPiece = {
    normalizer: { type: 'BertNormalizer', lowercase: true },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    model: { type: 'WordPiece', unk_token: '?', vocab: { '?': 0, a: 1, '##b': 2, text: 3 } },
  }
  const unigram = {
    normalizer: {
      type: 'Sequence',
      normalizers: [{ type: 'Nmt' }, { type: 'Precompiled', precompiled_charsmap: 'BAAAAAAAAABhAA==' }],
    },
    pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'first' },
    model: {
      type: 'Unigram',
      unk_id: 0,
      vocab: [
        ['?', 0],
        ['▁', -1],
        ['a', -2],
        ['▁text', -3],
      ],
    },
    truncation: { max_length: 3, direction: 'Left' },
  }
  const bytePairs = {
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Split', pattern: { Regex: '\\s+|\\p{L}+' }, behavior: 'Isolated' },
        { type: 'ByteLevel', add_prefix_space: false },
      ],
    },
    model: { type: 'BPE', vocab: { a: 0, t: 1, e: 2, te: 3 }, merges: [['t', 'e']] },
    added_tokens: [{ id: 4, content: 'x y', normalized: true }],
  }
  return [wordPiece, unigram, bytePairs].map((tokenizer, i) => staticModel(tokenizer, i === 0))
}

function staticModel(tokenizer: object, isModel2vec: boolean): Files {
  const numbers = new Uint8Array(Float32Array.from({ length: 10 }, (_, i) => i).buffer)
  const name = isModel2vec ? 'embeddings' : 'embedding.weight'
  const rows = { name, dtype: 'F32', shape: [5, 2], chunks: [numbers] } as const
  const json = (value: unknown) => new Uint8Array(Buffer.from(JSON.stringify(value)))
  return {
    main: 'model.safetensors',
    content: {
      'model.safetensors': new Uint8Array(Buffer.concat([...fileOfSections([rows], {})])),
      'tokenizer.json': json(tokenizer),
      'config.json': json({ normalize: true }),
      'modules.json': json([{ type: 'models.StaticEmbedding' }, { type: 'models.Normalize' }]),
    },
  }
}

/** Small whole files of every format that is read. */
export async function smallFiles(): Promise<Record<string, Files>> {
  const vectors = plainVectors()
  const text = await filesOf('word2vec-text', 'v.txt', vectors)
  return {
    'word2vec-text': text,
    'word2vec-binary': await filesOf('word2vec-binary', 'v.bin', vectors),
    glove: await filesOf('glove', 'v.glove', vectors),
    'fasttext-vec': fileOf('v.vec', '2 3\nof the 0.1 0.2 0.3 \n</s>\t-1e-3 4 5\r\n'),
    npy: await filesOf('npy', 'v.npy', vectors),
    safetensors: await filesOf('safetensors', 'v.safetensors', fullVectors()),
    fasttext: await filesOf('fasttext', 'v.bin', smallVectors(4)),
    model2vec: await filesOf('model2vec', 'model.safetensors', vectors),
    parquet: await filesOf('parquet', 'v.parquet', vectors),
    projector: await filesOf('projector', 'vectors.tsv', vectors),
    json: await filesOf('json', 'v.json', vectors),
    'json-lines': await filesOf('json-lines', 'v.jsonl', vectors),
    gzip: fileOf('v.txt.gz', gzipSync(text.content['v.txt']!)),
    zstandard: fileOf('v.txt.zst', zstandardFrame(text.content['v.txt']!)),
  }
}

/** A Zstandard frame of one raw block: Node 20 cannot compress, and our reader must still refuse what is wrong in it. */
export function zstandardFrame(content: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = [0x28, 0xb5, 0x2f, 0xfd, 0xa0] // a single segment, its size in four bytes
  const size = [0, 8, 16, 24].map(shift => (content.length >> shift) & 0xff)
  const block = [0, 8, 16].map(shift => (((content.length << 3) | 1) >> shift) & 0xff)
  return new Uint8Array(Buffer.concat([Buffer.from([...head, ...size, ...block]), content]))
}

/** A Zstandard frame that is no content. */
export function skippableFrame(magic: number, content: string): Uint8Array<ArrayBuffer> {
  const size = [0, 8, 16, 24].map(shift => (content.length >> shift) & 0xff)
  return new Uint8Array(
    Buffer.concat([Buffer.from([magic, 0x2a, 0x4d, 0x18, ...size]), Buffer.from(content)]),
  )
}

async function whole(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(Uint8Array.from(chunk))
  return new Uint8Array(Buffer.concat(parts))
}
