import assert from 'node:assert/strict'
import { test } from 'node:test'
import { evaluationOptionTable } from '#evaluation/index'
import { loadOptionTable } from '#formats/index'
import { mapOptionTable } from '#map/index'
import { choice, completed, faultOf, fits, type Option, type OptionTable, rangeOf } from '#options/index'
import { openOptionTable, retrievalOptionTable } from '#retrieval/index'
import { recallOptionTable, searchOptionTable } from '#search/index'
import { encodingOption } from '#text/index'
import {
  analogyOptionTable,
  compressOptionTable,
  nearestOptionTable,
  postProcessingOptionTable,
  sentenceOptionTable,
} from '#vectors/index'

/** What a call does for which no option is given. */
const defaults: [OptionTable, object][] = [
  [
    nearestOptionTable,
    { count: 10, limit: undefined, among: undefined, threshold: undefined, unknown: undefined },
  ],
  [analogyOptionTable, { method: 'add' }],
  [
    compressOptionTable,
    { precision: undefined, dimensions: undefined, buckets: undefined, bytes: undefined, seed: 1 },
  ],
  [sentenceOptionTable, { pooling: undefined, smoothing: 0.001, common: 1, unknown: undefined }],
  [postProcessingOptionTable, { center: false, allButTheTop: undefined }],
  [
    evaluationOptionTable,
    {
      limit: undefined,
      method: 'add',
      unknown: 'skip',
      caseFolding: true,
      baseline: false,
      resamples: 1000,
      seed: 1,
    },
  ],
  [searchOptionTable, { search: 'exact', threads: undefined }],
  [retrievalOptionTable, { count: 10, mode: 'hybrid', fusion: 'scores', share: 0.1 }],
  [
    openOptionTable,
    { pooling: undefined, unknown: undefined, smoothing: 3e-5, common: undefined, tokenizer: 'words' },
  ],
  [recallOptionTable, { sample: 100, count: 10, seed: 1 }],
  [mapOptionTable, { projection: 'umap', words: 300, labels: undefined, seed: 1 }],
  [
    loadOptionTable,
    {
      lenient: false,
      allowNonfinite: false,
      maxDecompressed: undefined,
      buckets: undefined,
      limit: undefined,
    },
  ],
]

test('the tables of the rooms have their options with defaults that these may have', () => {
  for (const [table, expected] of defaults) {
    assert.deepEqual(completed(table, {}), expected)
    for (const [name, option] of Object.entries(table))
      assert.ok(option.default === undefined || fits(option, option.default), name)
  }
})

test('help is a phrase to which the default is added', () => {
  for (const [table] of defaults)
    for (const [name, { help, otherwise = '' }] of Object.entries(table))
      assert.doesNotMatch(`${help}\n${otherwise}`, /default|\.$/m, name)
})

test('a number without bounds is just a number', () => {
  const { NEGATIVE_INFINITY: min, POSITIVE_INFINITY: max } = Number
  assert.equal(rangeOf({ kind: 'number', min, max }), 'a number')
  assert.equal(rangeOf({ kind: 'number', min: 0, max }), 'a number from 0 up')
  assert.equal(rangeOf({ kind: 'integer', min: 1, max: 8192 }), 'a whole number from 1 to 8,192')
})

test('a value that is spelled nearly as one of its option is told which is meant', () => {
  const meant = (known: Option, value: string) => faultOf('x', known, value).cure
  const kinds = choice('skip-gram', ['skip-gram', 'cbow', 'pv-dm', 'pv-dbow'], 'an architecture')
  for (const [value, one] of [
    ['skipgram', 'skip-gram'],
    ['Skip_Gram', 'skip-gram'],
    ['SKIP', 'skip-gram'],
    ['skip-grem', 'skip-gram'],
    ['pv', undefined],
    ['pv-d', undefined],
    ['glove', undefined],
    ['', undefined],
  ] as const)
    assert.equal(meant(kinds, value), one && `did you mean ${one}?`, value)
  const losses = choice('softmax', ['softmax', 'negative-sampling', 'hierarchical-softmax', 'one-vs-all'], '')
  for (const [value, one] of [
    ['hs', 'hierarchical-softmax'],
    ['NS', 'negative-sampling'],
    ['ova', 'one-vs-all'],
    ['s', undefined],
  ] as const)
    assert.equal(meant(losses, value), one && `did you mean ${one}?`, value)
  assert.equal(meant(encodingOption, 'latin-1'), 'did you mean latin1?')
  assert.equal(meant(encodingOption, 'klingon'), undefined)
})
