import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { before, test } from 'node:test'
import { promisify } from 'node:util'
import { type Running, running } from './running.js'
import { main } from './small-models.js'

const KEY = 'a-long-secret'
const TEXTS = ['a good film', 'awful music', 'zyzzyva']

let server: Running
before(async () => {
  server = await running({ keys: [KEY] })
})

async function run(program: string, ...args: string[]): Promise<string> {
  return (await promisify(execFile)(program, args, { maxBuffer: 1 << 26 })).stdout
}

const without = (program: string, ...args: string[]) =>
  run(program, ...args).then(
    () => false,
    () => `${program} cannot do that here`,
  )

const noCurl = await without('curl', '--version')
const noRequests = await without('python3', '-c', 'import requests')

/** As much of the answers as these programs read. */
interface Told {
  readonly data: readonly { readonly id: string; readonly embedding: readonly number[] }[]
  readonly error: { readonly message: string }
}

/** The status and the JSON that curl is told, with the headers of a search engine. */
async function curl(path: string, body?: unknown, key = KEY): Promise<{ status: number; json: Told }> {
  const headers = [
    '-H',
    `Authorization: Bearer ${key}`,
    '-H',
    'Content-Type: application/json',
    '-H',
    'Accept: */*',
  ]
  const data = body === undefined ? [] : ['-d', JSON.stringify(body)]
  const told = await run('curl', '-sS', '-w', '\n%{http_code}', ...headers, ...data, `${server.url}${path}`)
  const end = told.lastIndexOf('\n')
  return { status: Number(told.slice(end)), json: JSON.parse(told.slice(0, end)) }
}

const isVector = (value: unknown) =>
  Array.isArray(value) && value.length === main.vectors.dimensions && value.every(Number.isFinite)

test('Typesense: the model is in the list, one word tells the dimensions, and texts come together', {
  skip: noCurl,
}, async () => {
  const name = 'openai/main'.replace(/^openai\//, '') // as it is configured, and as it is sent
  const list = await curl('/v1/models')
  assert.ok(list.json.data.some(({ id }) => id === name))
  const probe = await curl('/v1/embeddings', { input: 'typesense', model: name })
  assert.ok(isVector(probe.json.data[0]!.embedding))
  const batch = await curl('/v1/embeddings', { input: TEXTS, model: name })
  assert.equal(batch.json.data.length, TEXTS.length)
  for (const { embedding } of batch.json.data) assert.ok(isVector(embedding))
  const refused = await curl('/v1/embeddings', { input: TEXTS, model: name }, 'another-key')
  assert.equal(refused.status, 401)
  assert.equal(typeof refused.json.error.message, 'string')
})

test('Meilisearch: what its rest embedder sends, and where it looks for vectors', {
  skip: noCurl,
}, async () => {
  const request = (texts: readonly string[]) => ({ input: texts, model: 'main' })
  const vectorsIn = ({ data }: Told) => data.map(({ embedding }) => embedding)
  const probe = await curl('/v1/embeddings', request(['test'])) // at once, for the dimensions
  assert.ok(isVector(vectorsIn(probe.json)[0]))
  const ten = Array.from({ length: 10 }, (_, i) => TEXTS[i % 3]!)
  const found = vectorsIn((await curl('/v1/embeddings', request(ten))).json)
  assert.equal(found.length, 10)
  assert.deepEqual(found[0], found[3])
  assert.ok(found[2]!.every(x => x === 0)) // no word of it is known, and no other text fails for it
})

test('requests of Python: json= and files of bytes, a kept connection, and an error in JSON', {
  skip: noRequests,
}, async () => {
  const script = `
import json, requests, sys
url, key = sys.argv[1:]
with requests.Session() as session:
    session.headers['Authorization'] = 'Bearer ' + key
    one = session.post(url + '/v1/embeddings', json={'input': 'a good film', 'model': 'main'})
    many = session.post(url + '/v1/embeddings', data=json.dumps({'input': ['a good film'] * 2000}).encode(), headers={'Content-Type': 'application/json'})
    wrong = session.post(url + '/v1/embeddings', data={'input': 'a good film'})
    print(json.dumps([one.status_code, len(one.json()['data'][0]['embedding']), len(many.json()['data']), wrong.status_code, wrong.json()['error']['code']]))
`
  const told = JSON.parse(await run('python3', '-c', script, server.url, KEY))
  assert.deepEqual(told, [200, main.vectors.dimensions, 2000, 415, 'content_type_unsupported'])
})
