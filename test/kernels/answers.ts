import { formats, read } from 'wordloom/formats'
import { openIndex } from 'wordloom/search'
import { type TrainCall, train } from 'wordloom/training'

const lines = Array.from({ length: 300 }, (_, i) =>
  Array.from({ length: 8 }, (_, j) => `w${(i * 7 + j * 3) % 40}`).join(' '),
)

/** What is learned from a small text, and what is found in it, in whatever engine. */
export async function answersOf(call: TrainCall) {
  const warnings: string[] = []
  const onWarning = (sentence: string) => warnings.push(sentence)
  try {
    const { vectors } = await train(
      { lines },
      { dimensions: 20, minCount: 1, epochs: 2, threads: 1, onWarning, ...call },
    )
    const bytes = await bytesOf(formats.safetensors.write(vectors))
    const loaded = await read({ name: 'model.safetensors', chunks: [bytes] })
    const index = await openIndex(loaded, 'int8', { threads: 1, build: 'plain' })
    const found = [loaded.nearest('w5', 5), await index.nearest('w5', 5)]
    await index.close()
    const words = found.map(neighbors => neighbors.map(({ word }) => word))
    return { warnings, digest: await digestOf(bytes), words, rounding: loaded.metadata.rounding }
  } catch (error) {
    return { error: (error as Error).message, warnings }
  }
}

async function bytesOf(chunks: Iterable<Uint8Array<ArrayBuffer>>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Blob([...chunks]).arrayBuffer())
}

async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('')
}
