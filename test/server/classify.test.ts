import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { loadClassifier } from 'wordloom/classification'
import { createHandler } from 'wordloom/server'
import { askOf, errorOf, main } from './small-models.js'

const models = fileURLToPath(new URL('../../../test/classification/models/', import.meta.url))
const classifier = await loadClassifier(join(models, 'softmax.bin'))
const weather = { name: 'weather', classifier, created: 1_700_000_000, digest: 'd1' }
const alone = askOf(createHandler([weather]))
const both = askOf(createHandler([main, weather]))

test('labels of texts come with their probabilities, as the library gives them', async () => {
  const input = ['lotona mipefu', 'totu toruri vifo']
  const { status, json } = await alone('/v1/classify', { input, count: 2 })
  assert.equal(status, 200)
  assert.deepEqual(json, {
    object: 'list',
    model: 'weather',
    data: input.map((text, index) => ({ index, labels: classifier.predict(text, { count: 2 }) })),
  })
  const one = await alone('/v1/classify', { input: input[0], threshold: 1 })
  assert.deepEqual(one.json.data, [{ index: 0, labels: [] }])
})

test('without a name the only classifier answers, and the only vectors', async () => {
  assert.equal((await both('/v1/classify', { input: 'lotona' })).json.model, 'weather')
  assert.equal((await both('/v1/embeddings', { input: 'the film' })).json.model, 'main')
})

test('a classifier is listed as one', async () => {
  const { json } = await both('/v1/models')
  assert.deepEqual(
    json.data.map(({ id, kind }: { id: string; kind: string }) => [id, kind]),
    [
      ['main', 'vectors'],
      ['weather', 'classifier'],
    ],
  )
  assert.deepEqual((await both('/v1/models/weather')).json, {
    ...{ id: 'weather', object: 'model', created: 1_700_000_000, owned_by: 'wordloom', kind: 'classifier' },
    ...{ dimensions: classifier.dimensions, labels: 6, loss: 'softmax', digest: 'd1' },
  })
})

test('what a model cannot do is refused in words', async () => {
  const refused = async (asked: ReturnType<typeof both>, status: number, code: string, message: RegExp) => {
    const told = await asked
    assert.equal(told.status, status)
    assert.equal(errorOf(told).code, code)
    assert.match(errorOf(told).message, message)
  }
  const wrong = 'wrong_model'
  await refused(
    both('/v1/embeddings', { input: 'a', model: 'weather' }),
    400,
    wrong,
    /weather is a classifier, which has no word vectors; expected main/,
  )
  await refused(
    both('/v1/classify', { input: 'a', model: 'main' }),
    400,
    wrong,
    /main has word vectors, and is no classifier; expected weather/,
  )
  const three = askOf(createHandler([main, weather, { ...weather, name: 'desk' }]))
  const missing = /model is missing; expected one of weather, desk\./
  await refused(three('/v1/classify', { input: 'a' }), 400, 'model_missing', missing)
  await refused(alone('/v1/nearest', { words: ['a'] }), 400, wrong, /no model of this server can answer this/)
  await refused(
    both('/v1/classify', { input: 'a', model: 'x' }),
    404,
    'model_not_found',
    /there is no model "x"/,
  )
  await refused(
    alone('/v1/classify', { input: 7 }),
    400,
    'invalid_value',
    /input is neither text nor an array/,
  )
  await refused(alone('/v1/classify', { input: 'a', count: 0 }), 400, 'invalid_value', /count is 0/)
  await refused(alone('/v1/classify', { input: 'a'.repeat(100_001) }), 400, 'input_too_long', /characters/)
  assert.throws(() => createHandler([{ name: 'x', classifier: {} as never }]), /the classifier x is none/)
})
