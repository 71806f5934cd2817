import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Ask, askOf, main, running, someVectors, type Told, WORDS } from './served.js'

const failures: unknown[] = []
const options = { onFailure: (error: unknown) => failures.push(error) }
const ask = askOf([main], options)

/** The code of a refusal, whose object has all that clients read. */
function refused({ status, json, text }: Told, expected: number): string {
  assert.equal(status, expected, text)
  const { message, type, param, code } = json.error
  assert.ok(typeof message === 'string' && /_error$/.test(type) && /^\w+$/.test(code), text)
  assert.ok(param === null || typeof param === 'string', text)
  return code
}

const routes = [
  '/v1/embeddings',
  '/v1/rerank',
  '/v1/nearest',
  '/v1/analogy',
  '/v1/similarity',
  '/v1/odd-one-out',
]

test('E5 words of a megabyte, of bad UTF-8 and of NUL are refused or unknown, and name no file', async () => {
  for (const word of ['\0', '../../etc/passwd', '..%2f..%2fetc%2fpasswd', 'ﷺ'.repeat(300), 'x'.repeat(1_000)])
    assert.equal(refused(await ask('/v1/nearest', { word }), 404), 'unknown_word')
  for (const word of ['x'.repeat(1_001), 'x'.repeat(1_000_000)])
    assert.equal(refused(await ask('/v1/nearest', { word }), 400), 'invalid_value')
  const bad = Buffer.from([...Buffer.from('{"word":"'), 0xff, 0xfe, ...Buffer.from('"}')])
  assert.equal(refused(await ask('/v1/nearest', bad), 400), 'invalid_json')
})

for (const [name, input, param] of [
  ['2,049 inputs', Array(2_049).fill('film'), 'input'],
  ['no inputs', [], 'input'],
  ['an array in an array', [['film']], 'input[0]'],
  ['a number among texts', ['film', 1], 'input[1]'],
  ['null among texts', ['film', null], 'input[1]'],
  ['an object', {}, 'input'],
  ['null', null, 'input'],
  ['a number', 3, 'input'],
  ['true', true, 'input'],
] as const)
  test(`E12 ${name} for input is 400, with its place`, async () => {
    const told = await ask('/v1/embeddings', { input })
    refused(told, 400)
    assert.equal(told.json.error.param, param)
  })

test('E12 two thousand and forty-eight inputs are answered in their order', async () => {
  const input = Array.from({ length: 2_048 }, (_, i) => WORDS[i % WORDS.length]!)
  const { json } = await ask('/v1/embeddings', { input, encoding_format: 'base64' })
  const alone = await Promise.all(
    WORDS.map(word => ask('/v1/embeddings', { input: word, encoding_format: 'base64' })),
  )
  assert.equal(json.data.length, 2_048)
  for (const [i, { index, embedding }] of json.data.entries()) {
    assert.equal(index, i)
    assert.equal(embedding, alone[i % WORDS.length]!.json.data[0].embedding)
  }
})

test('E13 numbers of tokens are 400, with what LangChain for Python is to be told', async () => {
  for (const input of [[15_339, 1_917], [[15_339, 1_917]], [[15_339], [1_917, 3]]]) {
    const told = await ask('/v1/embeddings', { input, encoding_format: 'base64' })
    assert.equal(refused(told, 400), 'token_input_unsupported')
    assert.match(told.json.error.message, /check_embedding_ctx_length=False/)
  }
})

const hostile: readonly (readonly [string, string | Uint8Array])[] = [
  ['a million brackets', '['.repeat(1 << 20)],
  ['a million braces with names', '{"a":'.repeat(200_000)],
  ['seventeen arrays in one another', `{"input":${'['.repeat(17)}${']'.repeat(17)}}`],
  ['a million names', `{${Array.from({ length: 70_000 }, (_, i) => `"${i}":1`)}}`],
  ['eight mebibytes of objects', `{"input":[${'{},'.repeat((8 << 20) / 3 - 10)}{}]}`],
  ['eight mebibytes of arrays', `{"input":[${'[],'.repeat((8 << 20) / 3 - 10)}[]]}`],
  ['eight mebibytes of empty texts', `{"input":[${'"",'.repeat((8 << 20) / 3 - 10)}""]}`],
  ['eight mebibytes of numbers', `{"input":[${'1,'.repeat((8 << 20) / 2 - 10)}1]}`],
  ['a name twice', '{"input":"film","input":"good"}'],
  ['a name twice, once escaped', '{"input":"film","\\u0069nput":"good"}'],
  ['a byte order mark', '\uFEFF{"input":"film"}'],
  ['UTF-16', Buffer.from('{"input":"film"}', 'utf16le')],
  ['bad UTF-8', Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xc3, 0x28, 0x22, 0x7d])],
  ['an overlong slash', Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xc0, 0xaf, 0x22, 0x7d])],
  [
    'half of a pair, as bytes',
    Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x7d]),
  ],
  ['half of a pair, escaped', '{"input":"\\ud800"}'],
  ['the other half of a pair, escaped', '{"input":["film","\\udc00"]}'],
  ['bytes behind the object', '{"input":"film"}{"input":"film"}'],
  ['a comma behind the last field', '{"input":"film",}'],
  ['a comment', '{"input":"film"/* */}'],
  ['single quotes', "{'input':'film'}"],
  ['NaN', '{"input":NaN}'],
  ['a line break in a text', '{"input":"fi\nlm"}'],
  ['nothing', new Uint8Array(0)],
  ['blanks', ' '.repeat(1_000)],
  ['zeros', new Uint8Array(1_000)],
]
for (const [name, body] of hostile)
  test(`E17 ${name} for a body is 400`, async () => {
    refused(await ask('/v1/embeddings', body), 400)
  })

test('E17 the thread looks up between any two parts of a long answer', async () => {
  const { ask } = await running(
    [{ name: 'main', vectors: someVectors({ words: 500, dimensions: 300 }) }],
    options,
  )
  const input = Array.from({ length: 2_048 }, (_, i) => `w${10 + (i % 400)}`)
  let isOver = false
  const long = Promise.all(Array.from({ length: 4 }, () => ask('/v1/embeddings', { input }))).then(() => {
    isOver = true
  })
  let short = 0
  while (!isOver) if ((await ask('/health')).status === 200) short++
  await long
  assert.ok(short > 5, `${short} short answers beside four long ones`)
})

test('E18 names that every object has are ordinary words, models, fields and parts of a path', async () => {
  for (const word of ['__proto__', 'constructor'])
    assert.equal((await ask('/v1/nearest', { word, count: 2 })).json.nearest.length, 2)
  const stranger = await ask('/v1/nearest', { word: 'toString' })
  assert.equal(refused(stranger, 404), 'unknown_word')
  for (const model of ['__proto__', 'constructor', 'toString'])
    assert.equal(refused(await ask('/v1/embeddings', { model, input: 'film' }), 404), 'model_not_found')
  for (const path of ['/__proto__', '/constructor', '/v1/models/__proto__', '/v1/models/constructor'])
    refused(await ask(path), 404)
  const polluting = '{"__proto__":{"input":"film","polluted":1},"constructor":{"prototype":{"polluted":1}}}'
  refused(await ask('/v1/embeddings', polluting), 400)
  assert.equal(({} as Record<string, unknown>).polluted, undefined)
})

test('E18 a model may have such a name', async () => {
  const served = askOf([
    { ...main, name: '__proto__' },
    { ...main, name: 'constructor' },
  ])
  assert.equal(
    (await served('/v1/embeddings', { model: '__proto__', input: 'film' })).json.model,
    '__proto__',
  )
  assert.equal((await served('/v1/models/constructor')).json.id, 'constructor')
  refused(await served('/v1/embeddings', { model: 'hasOwnProperty', input: 'film' }), 404)
})

test('E19 a compressed body is 415, and nothing is unpacked', async () => {
  for (const encoding of ['gzip', 'br', 'deflate', 'zstd', 'identity, gzip'])
    assert.equal(
      refused(await ask('/v1/embeddings', new Uint8Array(100), { 'content-encoding': encoding }), 415),
      'encoding_unsupported',
    )
})

test('E20 a body that is not said to be JSON is 415, with a line for curl that has an answer', async () => {
  for (const type of [
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    'application/json; charset=utf-16',
    'application/jsonp',
    'text/json, application/json',
    '',
  ]) {
    const told = await ask('/v1/embeddings', '{"input":"film"}', { 'content-type': type })
    assert.equal(refused(told, 415), 'content_type_unsupported')
    const [, body] = /curl http:\/\/localhost\/v1\/embeddings .*-d '(.*)'/.exec(told.json.error.message) ?? []
    assert.equal((await ask('/v1/embeddings', body)).status, 200)
  }
})

const anyJson = fc.jsonValue({ maxDepth: 4 })
const words = fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'binary', maxLength: 20 }))
const field = fc.oneof(
  words,
  anyJson,
  fc.array(words, { maxLength: 5 }),
  fc.array(fc.double(), { minLength: 9, maxLength: 9 }),
  fc.integer(),
)
const likely = fc.dictionary(
  fc.constantFrom(
    ...['model', 'input', 'encoding_format', 'dimensions', 'query', 'documents', 'top_n', 'word', 'words'],
    ...[
      'positive',
      'negative',
      'vector',
      'queries',
      'count',
      'limit',
      'threshold',
      'among',
      'exclude',
      'unknown',
    ],
    ...['a', 'b', 'c', 'method', 'pairs'],
  ),
  field,
)

/** An answer, or an error object; never a number that is none, and never a failure of the server. */
async function holds(asking: Ask, path: string, body: string | Uint8Array): Promise<void> {
  const told = await asking(path, body)
  if (told.status !== 200) refused(told, told.status)
  assert.ok([200, 400, 404].includes(told.status), told.text)
  assert.doesNotMatch(told.text.replaceAll('"param":null', ''), /NaN|[:,[]null/)
  assert.deepEqual(failures, [])
}

for (const path of routes)
  test(`E17 any bytes, any JSON and any fields give ${path} an answer or an error object`, async () => {
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      anyJson.map(value => JSON.stringify(value)),
      likely.map(value => JSON.stringify(value)),
    )
    await fc.assert(
      fc.asyncProperty(body, bytes => holds(ask, path, bytes)),
      { numRuns: 400, seed: 16 },
    )
  })

test('E22 any path and any query have an answer or an error object', async () => {
  const part = fc.oneof(
    fc.constantFrom(
      'v1',
      'models',
      'complete',
      'main',
      '..',
      '.',
      '',
      '%2e%2e',
      '..%2f..%2fetc%2fpasswd',
      '%00',
      '%ff',
      '%',
    ),
    fc.webSegment(),
    fc.string({ unit: 'binary', maxLength: 10 }).map(encodeURI),
  )
  const target = fc.tuple(fc.array(part, { maxLength: 6 }), fc.option(fc.webQueryParameters()))
  await fc.assert(
    fc.asyncProperty(target, async ([parts, query]) => {
      const told = await ask(`/${parts.join('/')}${query === null ? '' : `?${query}`}`)
      if (told.status !== 200) refused(told, told.status)
      assert.ok([200, 400, 404, 405].includes(told.status))
    }),
    { numRuns: 500, seed: 16 },
  )
})

for (const [path, status] of [
  ['/v1/models/..%2f..%2fetc%2fpasswd', 404],
  ['/v1/models/%00', 404],
  ['/v1/models/%ff', 400],
  ['/v1/models/%', 400],
  ['/v1/models//', 404],
  ['//v1/models', 404],
  ['/v1/models/main/', 404],
  ['/V1/MODELS', 404],
  [`/v1/models/${'a'.repeat(8_300)}`, 404],
  [`/v1/models/${'a'.repeat(600)}`, 400],
  ['/v1/complete', 400],
  ['/v1/complete?prefix=a&count=1e400', 400],
  ['/v1/complete?prefix=a&count=-0', 400],
] as const)
  test(`E22 ${path.slice(0, 40)} (${path.length} characters) is ${status}`, async () => {
    const { ask } = await shared
    refused(await ask(path), status)
  })
const shared = running([main], options)

test('E17 no body of this file made the server fail', () => assert.deepEqual(failures, []))
