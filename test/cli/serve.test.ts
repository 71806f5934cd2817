import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { copyFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as passed } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { save } from 'wordloom/formats'
import { namedFiles } from '#cli/serve/models'
import { smallVectors } from '../server/small-models.js'
import { program, temporaryFolder, wordloom } from './wordloom.js'

const folder = temporaryFolder()
const main = join(folder, 'main.safetensors')
const other = join(folder, 'other.vec')
await save(smallVectors(), main)
await save(smallVectors(2), other, { format: 'word2vec-text' })

/** The server as a person starts it, once it listens. */
async function started(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [program, 'serve', '--json', '--port', '0', ...args], {
    env: { ...process.env, ...env },
  })
  after(() => child.kill('SIGKILL'))
  const output = { stdout: '', stderr: '' }
  const ended = new Promise<number | null>(resolve => child.on('close', resolve))
  child.stderr.on('data', text => {
    output.stderr += text
  })
  const first = await new Promise<{ url: string; models: object[] }>((resolve, reject) => {
    child.stdout.on('data', text => {
      output.stdout += text
      if (output.stdout.includes('\n')) resolve(JSON.parse(output.stdout.split('\n')[0]!))
    })
    child.on('close', () => reject(new Error(output.stderr)))
  })
  const ask = async (path: string, body?: object, headers: Record<string, string> = {}) => {
    const posted = body && { method: 'POST', body: JSON.stringify(body) }
    const response = await fetch(first.url + path, {
      ...posted,
      headers: { 'content-type': 'application/json', ...headers },
    })
    // biome-ignore lint/suspicious/noExplicitAny: answers of many shapes
    return { status: response.status, json: (await response.json()) as any }
  }
  const end = (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal)
    return ended
  }
  return { ...first, ask, end, child, output }
}

test('it serves, logs without a word of what was asked, and ends with 0', async () => {
  const server = await started([main, `second=${other}`, '--alias', 'text-embedding-3-small=main'])
  assert.deepEqual(server.models, [
    { name: 'main', words: 14, dimensions: 9 },
    { name: 'second', words: 14, dimensions: 9 },
  ])
  const asked = { input: 'the film secretword', model: 'text-embedding-3-small' }
  assert.equal((await server.ask('/v1/embeddings', asked, { authorization: 'Bearer secretkey' })).status, 200)
  assert.equal((await server.ask('/v1/nearest', { word: 'secretword', model: 'second' })).status, 404)
  assert.equal((await server.ask('/v1/models/secretword')).status, 404)
  assert.deepEqual((await server.ask('/ready')).json, { status: 'ready' })
  assert.equal(await server.end(), 0)
  const lines = server.output.stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  assert.doesNotMatch(server.output.stdout + server.output.stderr, /secret|film/)
  const [, embeddings] = lines
  const { time, id, seconds, ...rest } = embeddings
  assert.ok(Date.parse(time) && id && seconds >= 0)
  assert.deepEqual(rest, {
    event: 'request',
    status: 200,
    route: '/v1/embeddings',
    method: 'POST',
    model: 'main',
    inputs: 1,
    tokens: 3,
    unknownTokens: 1,
    emptyInputs: 0,
  })
  assert.equal(lines.length, 5)
  assert.equal(lines[2].code, 'unknown_word')
})

test('E7 SIGHUP and the admin route read the files anew; a bad one leaves the old one serving', async () => {
  const path = join(folder, 'changing.safetensors')
  copyFileSync(main, path)
  const server = await started([path])
  const vector = async () => JSON.stringify((await server.ask('/v1/embeddings', { input: 'film' })).json.data)
  const before = await vector()
  await save(smallVectors(7), join(folder, 'new.safetensors'))
  renameSync(join(folder, 'new.safetensors'), path)
  assert.deepEqual(await server.ask('/admin/reload', {}), { status: 200, json: { status: 'reloaded' } })
  const after = await vector()
  assert.notEqual(after, before)
  writeFileSync(join(folder, 'half.safetensors'), readFileSync(main).subarray(0, 700))
  renameSync(join(folder, 'half.safetensors'), path)
  const failed = await server.ask('/admin/reload', {})
  assert.ok(failed.status >= 400)
  assert.match(
    failed.json.error.message,
    /^Cannot read the models anew: .*changing\.safetensors: [^:].*[^.]\.$/,
  )
  assert.equal(await vector(), after)
  copyFileSync(main, path)
  server.child.kill('SIGHUP')
  for (let i = 0; i < 50 && (await vector()) === after; i++) await passed(50)
  assert.equal(await vector(), before)
  assert.equal(await server.end('SIGINT'), 0)
})

test('documents are those of the first model, or of one that is named', async () => {
  const faq = join(folder, 'faq.jsonl')
  writeFileSync(faq, '{"id":"a","text":"the film was good"}\n{"id":"b","text":"4711"}\n')
  const server = await started([main, other, '--documents', `other=${faq}`])
  assert.deepEqual(server.models, [
    { name: 'main', words: 14, dimensions: 9 },
    { name: 'other', words: 14, dimensions: 9, documents: 2 },
  ])
  assert.match(server.output.stderr, /faq\.jsonl: 1 of 2 documents have no word with a vector/)
  const { json } = await server.ask('/v1/search', { query: 'good film', count: 1 })
  assert.deepEqual([json.model, json.results[0].id], ['other', 'a'])
  assert.equal(await server.end(), 0)
  assert.doesNotMatch(server.output.stdout, /film/)
  for (const [args, expected] of [
    [
      [`de=${faq}`],
      /--documents is "de=.*", and no model is called de; expected a file, or main before the =/,
    ],
    [[faq, `main=${faq}`], /the model main has two files of documents/],
    [[join(folder, 'nowhere')], /Cannot open .*nowhere: no such file/],
  ] as const) {
    const told = await wordloom(['serve', main, ...args.flatMap(one => ['--documents', one])])
    assert.match(told.stderr, expected)
    assert.notEqual(told.code, 0)
  }
})

test('keys from a file or the environment; --host for others is refused without one', async () => {
  const keys = join(folder, 'keys.txt')
  writeFileSync(keys, '# ours\nfirst-long-key\nsecond-long-key\n')
  for (const [args, env] of [
    [['--key', keys], {}],
    [[], { WORDLOOM_API_KEY: 'second-long-key' }],
  ] as const) {
    const server = await started([main, ...args], env)
    assert.equal((await server.ask('/v1/models')).status, 401)
    assert.equal(
      (await server.ask('/v1/models', undefined, { authorization: 'Bearer second-long-key' })).status,
      200,
    )
    assert.equal((await server.ask('/health')).status, 200)
    await server.end()
    assert.doesNotMatch(server.output.stdout, /long-key/)
  }
  const open = await wordloom(['serve', main, '--host', '0.0.0.0'])
  assert.equal(open.code, 64)
  assert.match(
    open.stderr,
    /0\.0\.0\.0 can be reached from other machines, and there is no key\. Give a file of keys with --key, set WORDLOOM_API_KEY, or add --no-key if anybody may ask\./,
  )
  for (const key of ['short', 'with space', 'with,comma', 'ümlaut-key']) {
    writeFileSync(keys, `# ours\n${key}\n`)
    const told = await wordloom(['serve', main, '--key', keys])
    assert.equal(told.code, 64, told.stderr)
    assert.match(
      told.stderr,
      /keys\.txt, line 2: the key .*; expected 8 to 1,024 characters of ASCII without spaces and commas/,
    )
    assert.ok(!told.stderr.includes(key) || key === 'short', 'a key is told to nobody')
  }
})

test('E28 a port that is taken is said, with 64, before anything is read', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => taken.once('listening', resolve))
  const { port } = taken.address() as { port: number }
  const told = await wordloom(['serve', main, '--port', String(port)])
  taken.close()
  assert.deepEqual([told.code, told.stdout], [64, ''])
  assert.match(
    told.stderr,
    new RegExp(
      `Cannot serve: port ${port} is taken by another program\\. Give another with --port, or 0 for any\\.`,
    ),
  )
  for (const key of [['--no-key'], []]) {
    const nowhere = await wordloom(['serve', main, '--host', '203.0.113.7', ...key])
    assert.equal(nowhere.code, 64)
    assert.match(nowhere.stderr, /no address of this machine/)
  }
})

test('what cannot be served is said', async () => {
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const wrong: readonly (readonly [readonly string[], number, RegExp])[] = [
    [[join(folder, 'nothing.bin')], 66, /no such file/],
    [[main, '--key', join(folder, 'no-keys.txt')], 66, /no such file/],
    [[main, '--cors', 'example.org'], 64, /--cors is "example\.org"; expected an origin/],
    [
      [main, '--allow-host', 'a.b:80'],
      64,
      /--allow-host is "a\.b:80"; expected the name of a host, without a port/,
    ],
    [[main, main], 64, /two files are called main/],
    [[main, '--alias', 'x'], 64, /--alias is "x"; expected two names with = between them/],
    [[main, '--alias', 'x=nobody'], 64, /x is to be another name of nobody, and there is no model nobody/],
    [[main, '--alias', 'x=main', '--alias', 'x=other'], 64, /--alias gives x to two models/],
    [[main, '--common-from', main], 64, /--common-from has no effect without --pooling sif/],
    [
      [main, '--pooling', 'sif', '--common-from', file('empty.txt', ' \n')],
      65,
      /empty\.txt: no text is in it; expected texts, one a line/,
    ],
    [
      [main, '--pooling', 'sif', '--common-from', file('foreign.txt', 'xyzzy plugh\n')],
      64,
      /--common-from has no text with a word that has a vector/,
    ],
    [
      [other, '--pooling', 'sif'],
      64,
      /without counts.* Serve a file with counts.*, or give --pooling mean\./,
    ],
  ]
  for (const [args, code, message] of wrong) {
    const told = await wordloom(['serve', '--port', '0', ...args])
    assert.equal(told.code, code, told.stderr)
    assert.match(told.stderr, message)
  }
})

test('the path of a newcomer, as the README has it: train, serve, ask', async () => {
  const royal = Array.from({ length: 300 }, (_, i) => `the king and the queen rule here ${i % 7}`).join('\n')
  writeFileSync(join(folder, 'corpus.txt'), royal)
  const vectors = join(folder, 'vectors.safetensors')
  const trained = await wordloom(['train', join(folder, 'corpus.txt'), '-o', vectors, '--quiet'])
  assert.equal(trained.code, 0, trained.stderr)
  const server = await started([vectors])
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8')
  const [program] = /import OpenAI[\s\S]*?(?=```)/.exec(readme)!
  assert.ok(program.trim().split('\n').length <= 5)
  const path = fileURLToPath(new URL('../../newcomer.mjs', import.meta.url))
  writeFileSync(path, program.replace('http://127.0.0.1:4225', server.url))
  const { stdout } = await promisify(execFile)(process.execPath, [path])
  assert.match(stdout, /^\[\s+-?0\.\d+,/)
  await server.end()
})

test('a model.safetensors, as all of a hub are called, has the name of its folder', () => {
  const names = namedFiles([
    'hub/potion-base-8M/model.safetensors',
    'own=hub/x/model.safetensors',
    'a/model.vec',
  ])
  assert.deepEqual(
    names.map(({ name }) => name),
    ['potion-base-8M', 'own', 'model'],
  )
})
