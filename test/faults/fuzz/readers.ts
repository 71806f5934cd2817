import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { labelledLines, readClassifier } from '#classification/index'
import { WordloomError } from '#errors'
import { type ByteSource, type LoadOptions, openVectorFile, read } from '#formats/index'
import { row } from '#math/matrix'
import type { Random } from '#math/random'
import { openDocuments, searchModes } from '#retrieval/index'
import { encodeCorpus, readVocabulary, type TagForm, taggedDocuments } from '#text/index'
import type { WordVectors } from '#vectors/index'
import {
  classifierFile,
  type Files,
  fileOf,
  filesOf,
  parquetWithDictionary,
  plainVectors,
  skippableFrame,
  smallFiles,
  staticModels,
  storedClassifier,
  zstandardFrame,
} from './files.js'

/** Something that reads files of people whom we do not know. */
export interface Reader {
  readonly name: string
  readonly seeds: readonly Files[]
  /** Reads and looks at what came out; throws anything but a WordloomError where that is wrong. */
  read(files: Files, random: Random): Promise<void>
}

/** All of them. */
export async function readers(): Promise<Reader[]> {
  const small = await smallFiles()
  const long = awkwardText()
  const vectors = Object.entries(small).map(([name, files]) => ({
    name,
    seeds: [files, ...(more[name] ?? [])],
    read: readVectors,
  }))
  const fileWithoutIndex = await filesOf('safetensors', 'v.safetensors', plainVectors(1))
  return [
    ...vectors,
    { name: 'vector-file', seeds: [small.safetensors!, fileWithoutIndex], read: readByPosition },
    {
      name: 'classifier',
      seeds: [
        ...['hs.bin', 'cut.ftz', 'coded.ftz'].map(classifierFile),
        ...(await Promise.all(['hs.bin', 'cut.ftz'].map(storedClassifier))),
      ],
      read: classify,
    },
    {
      name: 'text',
      seeds: [fileOf('text.txt', long), fileOf('text.txt', Buffer.from(`\ufeff${long}`, 'utf16le'))],
      read: readText,
    },
    {
      name: 'vocabulary',
      seeds: [fileOf('words.txt', 'the 12\n</s>\t9\n__proto__ 3\r\nа 1\n')],
      read: readWordList,
    },
    {
      name: 'tagged columns',
      seeds: [fileOf('t.tsv', '\ufeffa, b\tone\ttwo\r\n\nc\t\n'), fileOf('t.tsv', 'naïve,__proto__\tx')],
      read: files => readTagged(files, 'columns'),
    },
    {
      name: 'tagged JSON',
      seeds: [fileOf('t.jsonl', '{"tags": ["a", 7], "text": "one"}\n{"tags": "b", "words": ["x", "y"]}\n')],
      read: files => readTagged(files, 'json'),
    },
    {
      name: 'documents',
      seeds: [
        fileOf(
          'd.jsonl',
          '{"id":"x","text":"a 東京","lang":"en"}\n\n{"id":7,"text":"1.5 </s>","lang":["en",1]}\n',
        ),
        fileOf('d.txt', '\ufeffa naïve text\r\n\n__proto__ constructor a'),
      ],
      read: readDocuments,
    },
    {
      name: 'labelled lines',
      seeds: [
        fileOf('l.txt', '\ufeff__label__a x naïve\r\n\ny __label__b __label__\n'),
        fileOf('l.csv', 'id,text,label\n1,"a ""b""\r\nc",x\n2,,y\n'),
        fileOf('l.tsv', 'label\ttext\n__proto__\t"a" 東京\n'),
        fileOf('l.jsonl', '{"text":"a","label":1}\n{"text":"b","labels":["x","__proto__"],"n":[]}\n'),
      ],
      read: readLabelled,
    },
  ]
}

const more: Record<string, Files[]> = {
  model2vec: staticModels(),
  'word2vec-text': [
    fileOf('v.txt', '\ufeff2 2\r\na b 1 2\r\nc  .5\t-0.5 \r\n'),
    fileOf('v.txt', '3 1\na nan\nb 1e38\nb 2\n'),
  ],
  glove: [fileOf('v.glove', 'the 0.25 -1 3\n. . 1 2 3\n'), fileOf('v.txt', 'a 1 2\nb 3 4\n')],
  gzip: [fileOf('v.bin.gz', Buffer.concat([gzipSync('1 1\n'), gzipSync('a \0\0\0?')]))],
  parquet: [parquetWithDictionary()],
  zstandard: [
    fileOf(
      'v.txt.zst',
      Buffer.concat([
        skippableFrame(0x5a, 'sizes'),
        zstandardFrame(bytes('2 1\n')),
        zstandardFrame(bytes('a 1\nb 2\n')),
      ]),
    ),
  ],
  json: [
    fileOf('ml5.json', '\ufeff{"vectors": {"__proto__": [0.5, 1e-3],\n "\\ud83d\\ude00\\"": [1, -2] }}'),
    fileOf('v.json', '[{"word": "a", "count": 3, "vector": [1, 2]}, {"word": "b", "vector": [null, 2]}]'),
  ],
  projector: [
    {
      main: 'x_tensors.tsv',
      content: { 'x_tensors.tsv': bytes('1\t2\n3\t4\n'), 'x_metadata.tsv': bytes('id\tword\n1\ta\n2\tb\n') },
    },
  ],
}

async function readVectors(files: Files, random: Random): Promise<void> {
  const vectors = await read(sourceOf(files, random), optionsOf(random))
  check(vectors, random)
  encode(vectors)
}

/** Any rules that were read must cut any text. */
function encode({ textRules, size }: WordVectors): void {
  for (const text of ['', 'Is it a  text?', 'naïve 東京 __proto__\0', '\ud800x ΣΑΣ'])
    for (const id of textRules?.rowsOf(text) ?? [])
      if (!(id >= -1 && id < size)) throw new Error(`row ${id} is none of ${size}`)
}

async function readByPosition({ main, content }: Files, random: Random): Promise<void> {
  const file = await openVectorFile(new Blob([content[main]!]))
  try {
    for (const word of ['a', '__proto__', 'nothing']) await file.vector(word)
    await file.row(random.below(file.size))
    await file.word(file.size - 1)
  } finally {
    await file.close()
  }
}

/** What a classifier says of any text is a list of labels with probabilities. */
async function classify(files: Files, random: Random): Promise<void> {
  const classifier = await readClassifier(sourceOf(files, random))
  for (const { label, probability } of classifier.predict('ba ba naïve 你好', { count: 3 }))
    if (!classifier.labels.includes(label) || !(probability >= 0 && probability <= 1))
      throw new Error(`"${label}" has the probability ${probability}`)
}

async function readText({ main, content }: Files, random: Random): Promise<void> {
  const tokenizer = (['words', 'whitespace'] as const)[random.below(2)]!
  const encoding = (['bytes', 'strict', 'utf16'] as const)[random.below(3)]!
  const chunks = pieces(content[main]!, 1 + random.below(200))
  const { vocabulary, ids } = await encodeCorpus(chunks, {
    tokenizer,
    encoding,
    minCount: 1,
    maxTokenBytes: 40,
  })
  ids.close()
  for (let id = 0; id < vocabulary.size; id++)
    if (vocabulary.idOf(vocabulary.bytes(id)) !== id) throw new Error(`word ${id} is not found`)
}

const folder = mkdtempSync(join(tmpdir(), 'wordloom-fuzz-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

async function readDocuments({ main, content }: Files): Promise<void> {
  const path = join(folder, main)
  writeFileSync(path, content[main]!)
  const retrieval = await openDocuments(path, plainVectors())
  for (const mode of searchModes)
    for (const { score } of retrieval.search({
      query: 'a 東京 </s>',
      mode,
      filter: { lang: { in: ['en', 1] } },
    }).found)
      if (!Number.isFinite(score)) throw new Error(`a score is ${score}`)
}

async function readWordList({ main, content }: Files): Promise<void> {
  const path = join(folder, main)
  writeFileSync(path, content[main]!)
  await readVocabulary(path)
}

async function readTagged({ main, content }: Files, form: TagForm): Promise<void> {
  const path = join(folder, main)
  writeFileSync(path, content[main]!)
  for await (const { tags } of taggedDocuments([path], form))
    if (tags.length === 0 || tags.includes('')) throw new Error('a document has no tag')
}

/** By its name, or as it is recognised from bytes in pieces. */
async function readLabelled({ main, content }: Files, random: Random): Promise<void> {
  const path = join(folder, main)
  writeFileSync(path, content[main]!)
  const source = random.below(2) === 0 ? path : pieces(content[main]!, 1 + random.below(200))
  const options = {
    withoutHeader: random.below(4) === 0,
    labelSeparator: random.below(2) === 0 ? ',' : undefined,
  }
  for await (const { text, labels } of labelledLines(source, options))
    if (text.trim() === '' || labels.length === 0 || labels.includes(''))
      throw new Error('a line has no text or no label')
}

/** The files in memory: in chunks of any size, of known length or not, to be read by position or not. */
function sourceOf({ main, content }: Files, random: Random): ByteSource {
  const own = content[main]!
  const source = (name: string): ByteSource => ({
    name,
    chunks: pieces(content[name]!, 1 + random.below(300)),
  })
  const isSized = random.below(3) > 0
  const ranges = async () => ({
    name: main,
    size: own.length,
    read: async (start: number, end: number) => {
      if (end > own.length || start < 0) throw new WordloomError('bad-data', { found: 'past the end' })
      return own.slice(start, end)
    },
    close: async () => {},
  })
  return {
    ...source(main),
    beside: async name => (Object.hasOwn(content, name) ? source(name) : undefined),
    ...(isSized && { size: own.length }),
    ...(isSized && random.below(2) === 0 && { ranges }),
  }
}

function optionsOf(random: Random): LoadOptions {
  const kind = random.below(8)
  return {
    ...(kind === 1 && { limit: 1 + random.below(4) }),
    ...(kind === 2 && { words: ['a', '__proto__', 'none'] }),
    ...(random.below(3) === 0 && { lenient: true }),
    ...(random.below(3) === 0 && { allowNonfinite: true }),
  }
}

/** What a reader gives must be whole. */
function check(vectors: WordVectors, random: Random): void {
  const { vocabulary, matrix, size, dimensions } = vectors
  if (size < 1 || dimensions < 1 || matrix.rows !== size)
    throw new Error(`${size} words, ${matrix.rows} rows`)
  for (let id = 0; id < size; id++) {
    if (vocabulary.idOf(vocabulary.bytes(id)) !== id) throw new Error(`word ${id} is not found`)
    if (!row(matrix, id).every(Number.isFinite)) throw new Error(`row ${id} is not finite`)
  }
  if (random.below(16) > 0) return
  const [nearest] = vectors.nearest(Float32Array.from(row(matrix, 0)), 1)
  if (nearest && Number.isNaN(nearest.similarity)) throw new Error('a similarity is NaN')
}

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size)
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text))
}

function awkwardText(): string {
  return `The cat's naïve ΣΊΣΥΦΟΣ 東京 ภาษาไทย 😀 __proto__ constructor\r\n${'long'.repeat(300)} a\u2028b\0c\n\n`
}
