import { createHandler } from 'wordloom/server'
import { Vocabulary } from 'wordloom/text'
import { WordVectors } from 'wordloom/vectors'

const WORDS = Array.from({ length: 40 }, (_, i) => `w${i}`)

const asked: readonly (readonly [
  path: string,
  body?: object | undefined,
  headers?: Record<string, string>,
])[] = [
  ['/health'],
  ['/v1/models'],
  ['/v1/embeddings', { input: ['w1 w2', 'nothing', 'w3'], encoding_format: 'base64' }],
  ['/v1/embeddings', { input: 'w1 w2' }],
  ['/v1/nearest', { queries: ['w1', { positive: ['w2', 'w3'], negative: ['w4'] }], count: 3 }],
  ['/v1/nearest', { word: 'w99' }],
  ['/v1/analogy', { a: 'w1', b: 'w2', c: 'w3', method: 'multiply', count: 2 }],
  ['/v1/complete?prefix=W1&count=3'],
  ['/v2/rerank', { query: 'w1', documents: ['w1 w2', 'w3'] }],
  ['/v1/embeddings'],
  ['/v1/embeddings', { input: [1, 2] }],
  ['/v1/models/a%2Fb'],
  ['/health', undefined, { origin: 'https://evil.example' }],
  ['/nothing', {}],
]

/** What a handler answers, in whatever engine: status and text, names of requests left out, numbers as exact as all engines have them. */
export async function serverAnswers(): Promise<string[]> {
  const data = Float32Array.from({ length: 40 * 20 }, (_, i) => Math.fround(((i * 7919) % 1009) / 1009 - 0.5))
  const vectors = new WordVectors({
    vocabulary: Vocabulary.of(
      WORDS,
      Float64Array.from(WORDS, (_, i) => 100 - i),
    ),
    matrix: { data, rows: 40, columns: 20, stride: 20 },
  })
  const handler = createHandler([{ name: 'main', vectors, created: 1 }])
  const answers: string[] = []
  for (const [path, body, headers] of asked) {
    const posted = body && { method: 'POST', body: JSON.stringify(body) }
    const all = { ...(body && { 'content-type': 'application/json' }), ...headers }
    const response = await handler(new Request(`http://localhost${path}`, { ...posted, headers: all }))
    const text = (await response.text())
      .replace(/"id":"[\da-f-]{36}"/, '')
      .replace(/\d\.\d{7,}/g, digits => Number(digits).toFixed(6))
    answers.push(`${response.status} ${response.headers.get('x-wordloom-empty')} ${text}`)
  }
  return answers
}
