import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { OpenAIEmbeddings } from '@langchain/openai'
import { embed, embedMany } from 'ai'
import { CohereClientV2 } from 'cohere-ai'
import OpenAI from 'openai'
import { type Running, running } from './running.js'
import { main } from './small-models.js'

const KEY = 'a-long-secret'
const TEXTS = ['a good film', 'awful music', 'the great King']

let server: Running
let openai: OpenAI
let expected: number[][]

before(async () => {
  server = await running({ keys: [KEY] })
  openai = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: KEY })
  const float = await openai.embeddings.create({ model: 'main', input: TEXTS, encoding_format: 'float' })
  expected = float.data.map(({ embedding }) => embedding)
})

const isNear = (found: readonly number[], wanted: readonly number[]) =>
  found.length === wanted.length && found.every((x, i) => Math.abs(x - wanted[i]!) < 1e-7)

test('openai: as it asks, which is base64, it has every number', async () => {
  const { data, usage, model } = await openai.embeddings.create({ model: 'main', input: TEXTS })
  assert.equal(model, 'main')
  assert.deepEqual(usage, { prompt_tokens: 8, total_tokens: 8 })
  for (const [i, { embedding }] of data.entries()) {
    assert.equal(embedding.length, main.vectors.dimensions)
    assert.ok(isNear(embedding, expected[i]!))
  }
})

test('openai: models, one of them, and 2,048 texts in order', async () => {
  const names: string[] = []
  for await (const model of openai.models.list()) names.push(model.id)
  assert.deepEqual(names, ['main'])
  assert.equal((await openai.models.retrieve('main')).owned_by, 'wordloom')
  const input = Array.from({ length: 2048 }, (_, i) => TEXTS[i % 3]!)
  const { data } = await openai.embeddings.create({ model: 'main', input })
  assert.ok(data.every(({ embedding }, i) => isNear(embedding, expected[i % 3]!)))
})

test('openai: each refusal is the error of its status, with our sentence, and is not asked again', async () => {
  let asked = 0
  const counted: typeof fetch = (...args) => {
    asked++
    return fetch(...args)
  }
  const once = async (client: OpenAI, body: object) => {
    asked = 0
    const error = await client.embeddings.create(body as never).then(
      () => undefined,
      error => error,
    )
    assert.equal(asked, 1)
    return error
  }
  const client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: KEY, fetch: counted })
  const unknown = await once(client, { model: 'nobody', input: 'a' })
  assert.ok(unknown instanceof OpenAI.NotFoundError)
  assert.match(unknown.message, /^404 Cannot answer: there is no model "nobody"; expected main\.$/)
  assert.equal(unknown.code, 'model_not_found')
  const wrong = await once(client, { model: 'main', input: ['a', 3] })
  assert.ok(wrong instanceof OpenAI.BadRequestError)
  assert.equal(wrong.param, 'input[1]')
  const stranger = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'wrong-secret', fetch: counted })
  assert.ok((await once(stranger, { model: 'main', input: 'a' })) instanceof OpenAI.AuthenticationError)
  const large = await once(client, { model: 'main', input: 'x'.repeat(9 << 20) })
  assert.equal(large.status, 413)
})

test('the AI SDK: one text and many, with usage', async () => {
  const provider = createOpenAICompatible({ name: 'wordloom', baseURL: `${server.url}/v1`, apiKey: KEY })
  const model = provider.textEmbeddingModel('main')
  const one = await embed({ model, value: TEXTS[0]! })
  assert.ok(isNear(one.embedding, expected[0]!))
  assert.equal(one.usage.tokens, 3)
  const many = await embedMany({ model, values: TEXTS })
  assert.ok(many.embeddings.every((embedding, i) => isNear(embedding, expected[i]!)))
  await assert.rejects(
    embed({ model: provider.textEmbeddingModel('x'), value: 'a' }),
    /there is no model "x"/,
  )
})

test('LangChain: documents and a query, also in batches of 512', async () => {
  const embeddings = new OpenAIEmbeddings({
    model: 'main',
    apiKey: KEY,
    configuration: { baseURL: `${server.url}/v1` },
  })
  assert.ok(isNear(await embeddings.embedQuery(TEXTS[1]!), expected[1]!))
  const documents = await embeddings.embedDocuments(Array.from({ length: 1100 }, (_, i) => TEXTS[i % 3]!))
  assert.equal(documents.length, 1100)
  assert.ok(documents.every((embedding, i) => isNear(embedding, expected[i % 3]!)))
})

test('Cohere: rerank, best first', async () => {
  const cohere = new CohereClientV2({ environment: server.url, token: KEY })
  const { results, meta } = await cohere.rerank({
    model: 'main',
    query: 'good film',
    documents: ['awful music', 'good film', 'great King'],
    topN: 2,
  })
  assert.deepEqual(
    results.map(({ index }) => index),
    [1, 0],
  )
  assert.ok(Math.abs(results[0]!.relevanceScore - 1) < 1e-6)
  assert.match(String(meta?.warnings), /cosine/)
})

test('requests as Meilisearch, Typesense and LangChain for Python send them', async () => {
  const post = async (body: object, path = '/v1/embeddings') => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${KEY}` }
    const response = await fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    return {
      status: response.status,
      json: (await response.json()) as { data: { embedding: number[] }[]; error: { code: string } },
    }
  }
  const meilisearch = await post({ model: 'main', input: ['a good film', 'awful music'] })
  assert.ok(meilisearch.json.data.every(({ embedding }, i) => isNear(embedding, expected[i]!)))
  const typesense = await post({ input: ['a good film'], model: 'main', user: 'typesense' }, '/embeddings')
  assert.ok(isNear(typesense.json.data[0]!.embedding, expected[0]!))
  const python = await post({ input: [[15339, 1917]], model: 'main', encoding_format: 'base64' })
  assert.deepEqual([python.status, python.json.error.code], [400, 'token_input_unsupported'])
})

test('what a server of floats alone would do to openai, and why base64 is answered with base64', async () => {
  const deviating = createServer((_, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({
        object: 'list',
        data: [{ object: 'embedding', index: 0, embedding: [1, 2, 3, 4, 5, 6, 7, 8] }],
      }),
    )
  })
  await new Promise<void>(resolve => deviating.listen(0, '127.0.0.1', resolve))
  after(() => deviating.close())
  const { port } = deviating.address() as AddressInfo
  const client = new OpenAI({ baseURL: `http://127.0.0.1:${port}/v1`, apiKey: 'x' })
  const { data } = await client.embeddings.create({ model: 'm', input: 'a' })
  assert.equal(data[0]!.embedding.length, 2)
})

const folder = mkdtempSync(join(tmpdir(), 'wordloom-curl-'))
after(() => rmSync(folder, { recursive: true }))

const curl = async (...args: string[]) => {
  const { stdout } = await promisify(execFile)('curl', ['-sS', '-w', '\n%{http_code} %{exitcode}', ...args], {
    maxBuffer: 1 << 26,
  })
  return stdout
}
const noCurl = await curl('--version').then(
  () => false,
  () => 'curl is not installed',
)

test('curl: an answer of 413 is read, not a broken connection; Expect is served', {
  skip: noCurl,
}, async () => {
  const { url } = await running()
  const json = ['-H', 'content-type: application/json']
  const fine = await curl(`${url}/v1/embeddings`, ...json, '-d', '{"input":"a good film"}')
  assert.match(fine, /"usage"[\s\S]*\n200 0$/)
  const expecting = await curl(
    `${url}/v1/embeddings`,
    ...json,
    '-H',
    'expect: 100-continue',
    '-d',
    '{"input":"a good film"}',
  )
  assert.match(expecting, /\n200 0$/)
  const form = await curl(`${url}/v1/embeddings`, '-d', '{"input":"a good film"}')
  assert.match(form, /content_type_unsupported[\s\S]*\n415 0$/)
})

test('curl: 20 MB of one text', { skip: noCurl }, async () => {
  const { url } = await running()
  writeFileSync(`${folder}/large.json`, `{"input":"${'x'.repeat(20 << 20)}"}`)
  for (const more of [[], ['-H', 'transfer-encoding: chunked'], ['-H', 'expect:']]) {
    const told = await curl(
      `${url}/v1/embeddings`,
      '-H',
      'content-type: application/json',
      ...more,
      '--data-binary',
      `@${folder}/large.json`,
    )
    assert.match(told, /body_too_large[\s\S]*\n413 0$/, more.join())
  }
})
