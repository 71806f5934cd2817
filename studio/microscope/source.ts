import { read } from 'wordloom/formats'
import { readTestVectors, type TestCase } from 'wordloom/solution'
import type { WordVectors } from 'wordloom/vectors'
import { chunksOf } from '../chunks.js'

/** Where the vectors come from. */
export type Source =
  | { readonly kind: 'random' }
  | { readonly kind: 'vectors'; readonly name: string; readonly vectors: WordVectors }
  | { readonly kind: 'cases'; readonly name: string; readonly cases: readonly TestCase[] }

/** So many words are enough to find those of a sentence. */
const MOST_WORDS = 100_000

/** Word vectors in any format that Wordloom reads, or test vectors as JSON. Throws a WordloomError. */
export async function openSource(name: string, bytes: ReadableStream<Uint8Array>): Promise<Source> {
  if (name.toLowerCase().endsWith('.json')) {
    const json: unknown = JSON.parse(await new Response(bytes).text())
    const { cases } = readTestVectors(json)
    if (cases.length === 0) throw new Error(`${name}: there is no case in this file, so nothing to look at`)
    return { kind: 'cases', name, cases }
  }
  const vectors = await read({ name, size: undefined, chunks: chunksOf(bytes) }, { limit: MOST_WORDS })
  return { kind: 'vectors', name, vectors }
}

/** The file that the page was served with, if it was served with one. */
export async function servedSource(): Promise<Source | undefined> {
  const name = document.querySelector<HTMLMetaElement>('meta[name="wordloom-vectors"]')?.content
  if (!name) return undefined
  const { ok, status, body } = await fetch(name)
  if (!ok || !body) throw new Error(`${name} could not be fetched (status ${status})`)
  return openSource(name, body)
}
