import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { loadClassifier } from 'wordloom/classification'
import { openDocuments } from 'wordloom/retrieval'
import { errorOf, main, serverOf } from './small-models.js'

interface Content {
  readonly schema: { readonly properties: object; readonly required?: readonly string[] }
  readonly example: Readonly<Record<string, unknown>>
}

const documents = await openDocuments([{ text: 'the film' }], main.vectors)
const model = new URL('../../../test/classification/models/softmax.bin', import.meta.url)
const weather = { name: 'weather', classifier: await loadClassifier(fileURLToPath(model)) }
const ask = serverOf({}, [{ ...main, documents }, weather])
const { json: description } = await ask('/openapi.json')

test('the description has every route, each with its fields, and no field that is not checked', () => {
  assert.equal(description.openapi, '3.1.0')
  const { properties, required } =
    description.paths['/v1/embeddings'].post.requestBody.content['application/json'].schema
  assert.deepEqual(Object.keys(properties), ['model', 'input', 'encoding_format', 'dimensions'])
  assert.deepEqual(required, ['input'])
  assert.deepEqual(properties.encoding_format.enum, ['float', 'base64'])
  assert.deepEqual(
    description.paths['/v1/models/{id}'].get.parameters.map(
      ({ name, in: place }: { name: string; in: string }) => [name, place],
    ),
    [['id', 'path']],
  )
  const { count } =
    description.paths['/v1/nearest'].post.requestBody.content['application/json'].schema.properties
  assert.deepEqual([count.minimum, count.maximum, count.default], [1, 1000, 10])
})

test('the description is what is checked: each example is answered, and a wrong kind of each field is refused', async () => {
  const paths: Record<string, { post?: { requestBody?: { content: Record<string, Content> } } }> =
    description.paths
  const posts = Object.entries(paths).flatMap(([path, { post }]) => {
    const content = post?.requestBody?.content['application/json']
    return content ? [{ path, ...content }] : []
  })
  assert.ok(posts.length >= 8)
  for (const { path, schema, example } of posts) {
    const told = await ask(path, example)
    assert.ok(told.status === 200 || errorOf(told).code === 'unknown_word', `${path}: ${told.text}`)
    for (const name of Object.keys(schema.properties)) {
      const wrong = await ask(path, { ...example, [name]: { nothing: 'of this kind' } })
      assert.equal(wrong.status, 400, `${path} ${name}`)
      assert.ok(errorOf(wrong).param?.startsWith(name), `${path} ${name}: ${wrong.text}`)
    }
    for (const name of schema.required ?? []) {
      const { [name]: _, ...rest } = example
      assert.equal(errorOf(await ask(path, rest)).param, name)
    }
  }
})

test('docs/server.md has each route', () => {
  const page = readFileSync(new URL('../../../docs/server.md', import.meta.url), 'utf8')
  for (const path of Object.keys(description.paths).filter(path => !/^\/(models|rerank)/.test(path)))
    assert.ok(page.includes(`\`${path}\``) || page.includes(`\`${path}`), path)
})

test('the page runs its own script and styles, and nothing else', async () => {
  const told = await ask('/')
  assert.equal(told.status, 200)
  assert.match(told.headers.get('content-type')!, /^text\/html/)
  const policy = told.headers.get('content-security-policy')!
  for (const [tag, rule] of [
    ['script', 'script-src'],
    ['style', 'style-src'],
  ] as const) {
    const [, content] = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(told.text)!
    const hash = createHash('sha256').update(content!).digest('base64')
    assert.ok(policy.includes(`${rule} 'sha256-${hash}'`), tag)
  }
  assert.doesNotMatch(told.text, /https?:\/\/(?!www\.w3\.org)/)
})
