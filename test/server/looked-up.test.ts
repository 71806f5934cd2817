import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openVectorFile, save } from 'wordloom/formats'
import { Shelf } from 'wordloom/server'
import { listen } from '#cli/serve/http-server'
import { Service } from '#server/inner'
import { main } from './small-models.js'

const folder = mkdtempSync(join(tmpdir(), 'wordloom-looked-up-'))
after(() => rmSync(folder, { recursive: true }))

test('while a model is read, its words are looked up: texts get the bytes that they get later, all else waits', async () => {
  const path = join(folder, 'main.safetensors')
  await save(main.vectors, path)
  const service = new Service(undefined, { isLocal: true })
  const server = await listen(service, { host: '127.0.0.1', port: 0, keepAlive: 5_000 })
  const ask = async (path: string, body?: unknown) => {
    const told = await fetch(`http://127.0.0.1:${server.port}${path}`, {
      ...(body !== undefined && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    })
    return { status: told.status, json: await told.json() }
  }
  const texts = {
    input: ['a good film', 'Awful, awful music!', 'zyzzyva', '', 'the great King'],
    encoding_format: 'base64',
  }
  assert.equal((await ask('/v1/embeddings', texts)).status, 503)
  assert.equal((await ask('/ready?for=texts')).status, 503)

  const file = await openVectorFile(path)
  service.lookUp(
    new Map([
      ['main', file],
      ['other', undefined],
    ]),
    { alias: 'main' },
  )
  const early = await ask('/v1/embeddings', { ...texts, model: 'alias' })
  assert.equal(early.status, 200)
  assert.deepEqual(early.json.empty, [2, 3])
  assert.equal((await ask('/v1/embeddings', { ...texts, model: 'other' })).json.error.code, 'loading')
  assert.equal((await ask('/v1/embeddings', { ...texts, model: 'none' })).json.error.code, 'model_not_found')
  assert.equal((await ask('/v1/embeddings', texts)).json.error.code, 'loading')
  assert.equal((await ask('/v1/nearest', { word: 'good', model: 'main' })).json.error.code, 'loading')
  assert.equal((await ask('/ready')).status, 503)
  assert.deepEqual((await ask('/ready?for=texts')).json, { status: 'ready', for: 'texts' })
  const ranked = await ask('/v1/rerank', {
    query: 'a good film',
    documents: ['a great film', 'music'],
    model: 'main',
  })
  assert.equal(ranked.json.results.length, 2)

  service.serve(new Shelf([main]))
  assert.deepEqual((await ask('/v1/embeddings', texts)).json, early.json)
  assert.equal((await ask('/ready')).status, 200)
  await assert.rejects(file.row(0)) // it is closed
  await server.drain()
})
