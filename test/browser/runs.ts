import { formats, read } from 'wordloom/formats'
import { ScanIndex } from 'wordloom/search'
import { encodeCorpus } from 'wordloom/text'
import { type Model, type Progress, type TrainCall, train } from 'wordloom/training'
import { Random } from '#math/random'
import { Thread } from '#threads/index'

const TOPICS = 60

/** Sentences of one topic each, whose words are near each other. */
function* sentences(count: number): Generator<string> {
  for (let s = 0; s < count; s++) {
    const random = new Random(5, s)
    const topic = random.below(TOPICS)
    yield Array.from({ length: 4 + random.below(16) }, () => `w${topic * 30 + random.below(30)}`).join(' ')
  }
}

const common = { dimensions: 20, minCount: 1, epochs: 2, simd: 'plain', seed: 42 } as const

function trainOn(call: TrainCall, count = 3000): Promise<Model> {
  return train(sentences(count), { ...common, ...call })
}

/** The file that a model would be saved to, which tells its vectors, words, losses and the digest of its text. */
function fileOf({ vectors }: Model): Uint8Array {
  const chunks = [...formats.safetensors.write(vectors)]
  const file = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0))
  let at = 0
  for (const chunk of chunks) {
    file.set(chunk, at)
    at += chunk.length
  }
  return file
}

async function digestOf(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))
  return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('')
}

async function digestOfRun(call: TrainCall): Promise<string> {
  return digestOf(fileOf(await trainOn(call)))
}

/** 20 MB of text, so much that other threads are asked to number its words; they need not share memory. */
async function digestOfText(threads: number): Promise<string> {
  const text = [...sentences(1000)].join('\n')
  const bytes = new Blob(Array.from({ length: 400 }, (_, i) => `${text} ${i}\n`)).stream()
  const { ids, vocabulary } = await encodeCorpus(bytes as AsyncIterable<Uint8Array>, { threads, minCount: 1 })
  const numbers = new Int32Array(ids.length)
  ids.read(0, ids.length, numbers)
  return (await digestOf(new Uint8Array(numbers.buffer))) + vocabulary.word(vocabulary.size - 1)
}

async function refusal(call: () => Promise<unknown>): Promise<string> {
  return call().then(
    () => 'nothing was refused',
    (error: Error & { code?: string }) => `${error.code}: ${error.message}`,
  )
}

/** What the same program does in Node and in a page. */
export async function sameEverywhere() {
  const bytes = new Blob([...sentences(1000)].map(sentence => `${sentence}\n`)).stream()
  const packed = bytes.pipeThrough(new CompressionStream('gzip'))
  const ofStream = await train(packed.pipeThrough(new DecompressionStream('gzip')), common)
  const ofLines = await train({ lines: [...sentences(1000)] }, common)
  const file = new Blob([...formats.safetensors.write(ofStream.vectors)])
  const ofFile = await read({ name: 'model.safetensors', chunks: file.stream() })
  const ofBytes = await read({ name: 'model.bin', chunks: [...formats['word2vec-binary'].write(ofFile)] })
  const reference = await trainOn({ epochs: 1, simd: 'none' }, 300)
  return {
    blocks: await digestOfRun({ schedule: 'blocks', threads: 1 }),
    windows: await digestOfRun({ schedule: 'windows', threads: 1 }),
    reference: reference.losses[0]!.toFixed(6),
    heldOut: await digestOfRun({ schedule: 'blocks', threads: 1, heldOut: 0.2 }),
    stream: await digestOf(fileOf(ofStream)),
    largeText: await digestOfText(2),
    lines: await digestOf(fileOf(ofLines)),
    nearest: ofBytes.nearest('w95', 5).map(({ word }) => word),
    diverged: withoutWord(
      await refusal(() => trainOn({ learningRate: 100, epochs: 20, schedule: 'windows' })),
    ),
  }
}

/** Which vector is lost shows only where its memory is shared. */
function withoutWord(message: unknown): string {
  return String(message).replace(/, the vector of "[^"]*" is not finite any more/, '')
}

/** What threads that share memory do. */
export async function onTwoThreads() {
  const { losses, vectors } = await trainOn({ schedule: 'windows', threads: 2 })
  const index = new ScanIndex('exact', vectors, { threads: 2, stayBelow: 0 })
  const found = [await index.nearestBatch(['w95', 'w7'], 5), vectors.nearestBatch(['w95', 'w7'], 5)]
  await index.close()
  return { blocks: await digestOfRun({ schedule: 'blocks', threads: 2 }), windows: losses, found }
}

/** A training that is stopped while it runs, and what was seen of it. */
export async function stopped() {
  const stop = new AbortController()
  const seen: Progress[] = []
  const onProgress = (progress: Progress) => {
    seen.push(progress)
    if (progress.phase === 'training' && progress.fraction > 0) stop.abort()
  }
  const ending = await refusal(() => trainOn({ epochs: 5000, threads: 1, onProgress, signal: stop.signal }))
  const last = seen.at(-1)
  return { ending, loss: last?.phase === 'training' ? last.loss : undefined }
}

const nowhere = { start: () => new Worker('/nowhere.js', { type: 'module' }), beside: import.meta.url }

/** What is said where something cannot be had. */
export async function refusals() {
  return {
    file: await refusal(() => train('corpus.txt')),
    save: await refusal(async () => (await trainOn({ epochs: 1 })).save('vectors.safetensors')),
    threads: await refusal(() => trainOn({ epochs: 1, threads: 2, schedule: 'blocks' })),
    script: await refusal(() => new Thread(nowhere, undefined, { name: 'a thread' }).ask(undefined)),
  }
}
