import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Ask, lines, main, saved, serving, temporaryFolder } from '../faults/served.js'
import { pause } from '../faults/training-child.js'

const folder = temporaryFolder()
const path = saved(main.vectors, folder)

/** The samples of a scrape by their names and labels. Throws for a line that is none. */
async function scrape(ask: Ask, headers = {}): Promise<Map<string, number>> {
  const told = await ask('/metrics', undefined, headers)
  assert.equal(told.status, 200)
  assert.match(String(told.headers['content-type']), /^text\/plain; version=0\.0\.4/)
  const samples = told.text.split('\n').filter(line => line !== '' && !line.startsWith('#'))
  return new Map(
    samples.map(line => {
      const [, name, value] = /^([a-z_\d]+(?:\{(?:[a-z_]+="[^"\\]*",?)*\})?) (\S+)$/.exec(line) ?? []
      assert.ok(name !== undefined && (value === 'Nan' || Number.isFinite(Number(value))), line)
      return [name, Number(value)]
    }),
  )
}

test('a scrape counts what was asked, refused, scanned and read anew', async () => {
  const { ask } = await serving([await path, '--log', 'none'])
  await ask('/v1/embeddings', { input: ['the film', 'film xqzw', ''] })
  await ask('/v1/nearest', { queries: ['film', 'good'] })
  await ask('/v1/nearest', { word: 'nobody' })
  await ask('/v1/nearest', { count: -1 })
  await ask('/v1/models/main')
  await ask('/nothing')
  await ask('/admin/reload', '')
  const found = await scrape(ask)
  const value = (name: string) => found.get(`wordloom_${name}`)
  assert.equal(value('requests_total{route="/v1/embeddings",status="200"}'), 1)
  assert.equal(value('requests_total{route="/v1/nearest",status="404"}'), 1)
  assert.equal(value('requests_total{route="/v1/models/:id",status="200"}'), 1)
  assert.equal(value('requests_total{route="none",status="404"}'), 1)
  assert.equal(value('request_seconds_count{route="/v1/nearest"}'), 3)
  assert.equal(value('rejected_total{reason="unknown_word"}'), 1)
  assert.equal(value('rejected_total{reason="invalid_value"}'), 1)
  assert.equal(value('tokens_total'), 4)
  assert.equal(value('unknown_tokens_total'), 1)
  assert.equal(value('empty_inputs_total'), 1)
  assert.equal(value('batch_size_sum'), 2)
  assert.equal(value('queue_size'), 0)
  assert.equal(value('requests_in_progress'), 1)
  assert.equal(value('reloads_total{result="ok"}'), 1)
  const models = [...found.keys()].filter(name => name.startsWith('wordloom_model_info'))
  assert.equal(models.length, 1)
  assert.match(models[0]!, /model="main",digest="[\da-f]{64}",words="10",dimensions="9"/)
  assert.ok(found.has('process_cpu_seconds_total') && found.has('nodejs_eventloop_lag_seconds'))
})

test('names that strangers make up make no new series', async () => {
  const { ask } = await serving([await path, '--log', 'none'])
  const strange = async (from: number) => {
    for (let i = from; i < from + 30; i++) {
      await ask(`/made/up/${i}`)
      await ask(`/v1/models/made-up-${i}`)
      await ask('/v1/embeddings', { model: `made-up-${i}`, input: `word${i}` })
      await ask('/v1/nearest', { word: `word${i}`, [`field${i}`]: i })
      await ask(`/v1/complete?prefix=${i}`)
    }
    await pause(50)
    return [...(await scrape(ask)).keys()].filter(name => name.startsWith('wordloom_')).sort()
  }
  await strange(0)
  const before = await strange(30)
  const after = await strange(60)
  assert.deepEqual(after, before)
  assert.ok(!after.join().includes('made'))
})

test('with keys it needs one; without them only the hosts of the server may ask', async () => {
  const keys = lines(folder, 'keys.txt', 'a-long-secret\n')
  const { ask } = await serving([await path, '--log', 'none', '--key', keys])
  assert.equal((await ask('/metrics')).status, 401)
  const found = await scrape(ask, { authorization: 'Bearer a-long-secret' })
  assert.equal(found.get('wordloom_rejected_total{reason="invalid_api_key"}'), 1)
  const open = await serving([await path, '--log', 'none'])
  assert.equal((await open.ask('/metrics', undefined, { host: 'evil.example' })).status, 403)
})
