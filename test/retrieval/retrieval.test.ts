import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { openDocuments, type SearchMode, searchModes } from 'wordloom/retrieval'
import { tokenize, Vocabulary } from 'wordloom/text'
import { sentenceVectors, WordVectors } from 'wordloom/vectors'
import { temporaryFolder } from '../formats/sample.js'

const words = ['the', 'a', 'king', 'queen', 'pays', 'money', 'ship', 'sea', 'law', 'cash']
const DIMENSIONS = 6

function someVectors(withCounts = true): WordVectors {
  const counts = Float64Array.from(words, (_, i) => 1000 / (i + 1))
  const vectors = WordVectors.allocate(Vocabulary.of(words, withCounts ? counts : undefined), DIMENSIONS)
  const { data, stride } = vectors.matrix
  for (let id = 0; id < words.length; id++)
    for (let i = 0; i < DIMENSIONS; i++)
      data[id * stride + i] = Math.sin(7 * id * id + 3 * i * i * (id + 1) + i)
  for (let i = 0; i < DIMENSIONS; i++) data[9 * stride + i] = data[5 * stride + i]! + 0.01 // cash is as money
  return vectors
}

const faq = [
  { id: 'pay', text: 'The king pays money, money and money.', lang: 'en', year: 2019 },
  { id: 'ship', text: 'A ship at sea, the sea.', lang: 'en', year: 2020, tags: ['sea', 'ship'] },
  { id: 'law', text: 'The law of the queen.', lang: 'de', year: 2020, open: false },
  { id: 4, text: 'Zebras are unknown here.', lang: null },
]

const idsOf = (retrieved: { found: readonly { id: string }[] }) => retrieved.found.map(({ id }) => id)

test('documents are found by words as BM25 has it, by vectors as sentenceVectors has it', async () => {
  const retrieval = await openDocuments(faq, someVectors())
  assert.equal(retrieval.size, 4)
  const [first] = retrieval.search({ query: 'money for the sea', mode: 'text' }).found
  assert.equal(first!.id, 'pay')
  const texts = faq.map(({ text }) => tokenize(text))
  const mean = texts.reduce((sum, text) => sum + text.length, 0) / 4
  const bm25 = (query: string[], text: string[]) =>
    query.reduce((sum, word) => {
      const having = texts.filter(other => other.includes(word)).length
      const often = text.filter(other => other === word).length
      const rarity = Math.log(1 + (4 - having + 0.5) / (having + 0.5))
      return sum + (rarity * often * 2.2) / (often + 1.2 * (0.25 + (0.75 * text.length) / mean))
    }, 0)
  assert.ok(Math.abs(first!.score - bm25(['money', 'for', 'the', 'sea'], texts[0]!)) < 1e-6)
  const pooled = sentenceVectors(someVectors(), texts, { common: 0, smoothing: 3e-5 })
  const near = retrieval.search({ query: 'cash and law', mode: 'vector' }).found
  const expected = pooled.nearest(['cash', 'and', 'law'])
  assert.deepEqual(
    idsOf({ found: near }),
    expected.map(({ sentence }) => String(faq[sentence]!.id)),
  )
  assert.deepEqual(
    near.map(({ score }) => score),
    expected.map(({ similarity }) => similarity),
  )
  assert.equal(near.length, 3, 'a document without a known word has no direction')
})

test('both ways are joined by scores or by ranks', async () => {
  const retrieval = await openDocuments(faq, someVectors())
  const query = 'cash or a ship'
  const score = (mode: SearchMode, id: string) =>
    retrieval.search({ query, mode }).found.find(found => found.id === id)?.score ?? 0
  const share = 0.3
  const joined = retrieval.search({ query, mode: 'hybrid', share }).found
  const best = Math.max(...faq.map(({ id }) => score('text', String(id))))
  for (const { id, score: sum } of joined)
    assert.ok(
      Math.abs(sum - ((1 - share) * score('text', id)) / best - share * score('vector', id)) < 1e-6,
      id,
    )
  const rank = (mode: SearchMode, id: string) => idsOf(retrieval.search({ query, mode })).indexOf(id)
  for (const { id, score: sum } of retrieval.search({ query, mode: 'hybrid', fusion: 'ranks' }).found) {
    const parts = (['vector', 'text'] as const).map(mode => rank(mode, id)).filter(place => place >= 0)
    assert.ok(Math.abs(sum - parts.reduce((all, place) => all + 1 / (61 + place), 0)) < 1e-12, id)
  }
  assert.equal(idsOf(retrieval.search({ query: 'cash', mode: 'vector' }))[0], 'pay')
  assert.deepEqual(idsOf(retrieval.search({ query: 'cash', mode: 'text' })), [])
})

test('the same question has the same answer in any company, and documents are given whole', async () => {
  const retrieval = await openDocuments(faq, someVectors())
  const ask = () => searchModes.map(mode => retrieval.search({ query: 'the money of the queen', mode }))
  const before = ask()
  retrieval.search({ query: 'ship ship ship', mode: 'hybrid' })
  assert.deepEqual(ask(), before)
  assert.deepEqual(retrieval.get('ship'), faq[1])
  assert.deepEqual(retrieval.get('4'), { ...faq[3], id: '4' })
  assert.equal(retrieval.get('none'), undefined)
  assert.deepEqual(before[0]!.found.find(({ id }) => id === 'law')!.document, faq[2])
  assert.equal(retrieval.search({ query: 'the money', count: 1, mode: 'text' }).found.length, 1)
})

test('filters ask for equal values, or for one of some', async () => {
  const retrieval = await openDocuments(faq, someVectors())
  await retrieval.prepare(['lang'])
  const query = 'the king, the law and the sea'
  for (const mode of searchModes) {
    const ids = (filter: object) => idsOf(retrieval.search({ query, mode, filter: filter as never })).sort()
    assert.deepEqual(ids({ lang: 'en' }), ['pay', 'ship'])
    assert.deepEqual(ids({ year: { in: [2020, 2021] } }), ['law', 'ship'])
    assert.deepEqual(ids({ year: 2020, lang: 'en' }), ['ship'])
    assert.deepEqual(ids({ year: '2020' }), [])
    assert.deepEqual(ids({ tags: 'sea' }), ['ship'])
    assert.deepEqual(ids({ open: false }), ['law'])
    assert.deepEqual(ids({ __proto__: null, toString: 'x' }), [])
    assert.deepEqual(ids({ year: { in: [] } }), [])
    assert.deepEqual(ids({}).length, 3)
  }
  for (const filter of [
    7,
    [],
    { lang: undefined },
    { lang: { in: 'en' } },
    { lang: { in: [{}] } },
    { a: {} },
  ])
    assert.throws(() => retrieval.search({ query, filter: filter as never }), {
      code: 'usage',
      message: /^Cannot search: the filter/,
    })
})

test('documents like one of them are found without it', async () => {
  const retrieval = await openDocuments(
    [...faq, { id: 'cash', text: 'cash and money', lang: 'en' }, { id: 'far', text: 'law law', lang: 'de' }],
    someVectors(),
  )
  for (const mode of searchModes) {
    const [first, ...others] = idsOf(retrieval.related('cash', { mode }))
    assert.equal(first, 'pay', mode)
    assert.ok(!others.includes('cash'))
    assert.deepEqual(idsOf(retrieval.related('law', { mode, filter: { lang: 'de' } })), ['far'])
  }
  assert.throws(() => retrieval.related('none'), { code: 'usage', message: /no document has the id "none"/ })
})

test('what a question lacks, and what documents lack, is told', async () => {
  const retrieval = await openDocuments(faq, someVectors())
  assert.deepEqual(retrieval.warnings, [
    '1 of 4 documents have no word with a vector, and are found by their words alone',
  ])
  const { found, warnings } = retrieval.search({ query: 'xyzzy', mode: 'hybrid' })
  assert.deepEqual(found, [])
  assert.deepEqual(warnings, ['no word of the query has a vector', 'no document has a word of the query'])
  assert.deepEqual(idsOf(retrieval.search({ query: 'Zebras', mode: 'hybrid' })), ['4'])
  assert.deepEqual(retrieval.search({ query: 'Zebras', mode: 'vector' }).warnings, [
    'no word of the query has a vector',
  ])
})

test('a filter for a field that no document has is told, with the fields that there are', async () => {
  const retrieval = await openDocuments(faq, someVectors())
  const warning = 'no document has the field "lagn"; there are id, text, lang, year, tags, open'
  const filter = { lagn: 'en', year: 2020 }
  for (const mode of searchModes) {
    const asked = retrieval.search({ query: 'the law', mode, filter })
    assert.deepEqual(asked, { found: [], warnings: [warning] })
  }
  assert.deepEqual(retrieval.related('law', { filter }).warnings, [warning])
  assert.deepEqual(retrieval.search({ query: 'the law', filter: { id: 'law' } }).warnings, [])
  const many = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`f${i}`, i]))
  const wide = await openDocuments([{ text: 'the law', ...many }], someVectors())
  assert.match(
    wide.search({ query: 'law', filter: { x: 1 } }).warnings[0]!,
    /id, text, f0.*, f9 and 10 more$/,
  )
})

test('unknown: throw is for the words of the question, and not for those of documents', async () => {
  const vectors = someVectors()
  const retrieval = await openDocuments(faq, vectors, { unknown: 'throw' })
  const usual = await openDocuments(faq, vectors)
  const query = 'the law'
  assert.deepEqual(retrieval.search({ query }), usual.search({ query }))
  for (const mode of ['hybrid', 'vector'] as const)
    assert.throws(() => retrieval.search({ query: 'the lawx', mode }), {
      code: 'unknown-word',
      message: '"lawx" is not in the vocabulary. Did you mean law?',
    })
  assert.equal(idsOf(retrieval.search({ query: 'zebras', mode: 'text' })).length, 1)
})

test('vectors without counts take those of the documents', async () => {
  const retrieval = await openDocuments(faq, someVectors(false))
  assert.equal(idsOf(retrieval.search({ query: 'money', mode: 'vector' }))[0], 'pay')
})

test('files are read as JSON or as lines, compressed or not, and what is wrong is named by its line', async () => {
  const folder = await temporaryFolder()
  const open = async (name: string, content: string | Uint8Array) => {
    const path = join(folder, name)
    await writeFile(path, content)
    return openDocuments(path, someVectors())
  }
  const lines = await open('lines.txt', '\ufeffThe king pays.\r\n\r\nA ship at sea.\n')
  assert.deepEqual(
    [lines.get('1'), lines.get('3')],
    [
      { id: '1', text: 'The king pays.' },
      { id: '3', text: 'A ship at sea.' },
    ],
  )
  const json = faq.map(document => JSON.stringify(document)).join('\n')
  for (const [name, content] of [
    ['faq.jsonl', json],
    ['faq.txt', `\n  ${json}`],
    ['faq.ndjson.gz', gzipSync(json)],
  ] as const)
    assert.deepEqual((await open(name, content)).get('pay'), faq[0])
  const wrong: [string | Uint8Array, RegExp][] = [
    ['{"id":"a","text":"x"}\n{"id":"a","text":"y"}', /wrong\.jsonl: line 2: the id "a" came before/],
    ['{"text":"x"}\n\n{"id":1,"text":"y"}', /line 3: the id "1" came before/],
    ['{"id":"a"}', /line 1: it has no text; expected an object with a "text", and perhaps an "id"/],
    ['{"id":"a","text":7}', /line 1: its text is 7/],
    ['{"id":"a","text":"  "}', /its text is " {2}"/],
    ['{"id":{},"text":"x"}', /its id is \{\}; expected a string or a whole number/],
    ['{"id":"","text":"x"}', /its id is ""/],
    ['{"id":"\\ud800","text":"x"}', /its id is /],
    ['{"text":"x"}\n{"text":', /line 2: it is not JSON in UTF-8 \(/],
    ['[1]', /line 1: it is an array/],
    ['null', /line 1: it is null/],
    [Buffer.concat([Buffer.from('{"text":"'), Uint8Array.of(0xff), Buffer.from('"}')]), /not JSON in UTF-8/],
    ['\n \n', /there is no document; expected a document on each line/],
  ]
  for (const [content, message] of wrong)
    await assert.rejects(open('wrong.jsonl', content), { name: 'WordloomError', code: 'bad-data', message })
  for (const [name, content] of [
    ['wrong.txt', Uint8Array.of(0x61, 0xff)],
    ['wrong.jsonl', Buffer.concat([Buffer.from('{"text":"'), Uint8Array.of(0xff), Buffer.from('"}')])],
  ] as const)
    await assert.rejects(open(name, content), {
      code: 'bad-data',
      message: /line 1: it is not .*UTF-8.*\. Convert the file, for example with iconv -f latin1 -t utf-8\.$/,
    })
  for (const content of ['[{"text":"x"}]', '[\n  {"text":"x"}\n]', '\n [ {\n"text":"x"}\n]'])
    for (const name of ['array.json', 'array.jsonl'])
      await assert.rejects(open(name, content), {
        code: 'bad-data',
        message:
          /: this is a JSON array; expected a document on each line\. Put each object on a line of its own/,
      })
  assert.equal((await open('song.txt', '[Music] the king\n[1] the sea\n')).size, 2)
  await assert.rejects(openDocuments(join(folder, 'none'), someVectors()), { code: 'no-input' })
})

test('what is given in code is checked, too', async () => {
  const refused = (source: unknown, options: object, message: RegExp) =>
    assert.rejects(openDocuments(source as never, someVectors(), options), { name: 'WordloomError', message })
  await refused(7, {}, /the documents are a value of type number; expected a file name/)
  await refused(null, {}, /the documents are null/)
  await refused([{ text: 'a' }, {}], {}, /Cannot open the documents: document 2: it has no text/)
  await refused([{ text: 'a', id: 2 }, { text: 'b' }], {}, /document 2: the id "2" came before/)
  await refused([], {}, /there is no document/)
  await refused(faq, { tokenizer: 'x' }, /tokenizer is "x"; expected one of words, whitespace/)
  await refused(faq, { pooling: 'x' }, /pooling is "x"/)
  const retrieval = await openDocuments(faq, someVectors())
  const asked = (search: object, message: RegExp) =>
    assert.throws(() => retrieval.search(search as never), { code: 'usage', message })
  asked({ query: 7 }, /the query is no text/)
  asked({ query: ' ' }, /^Cannot search: the question is empty; expected some words/)
  asked({ query: 'a', count: 0 }, /count is 0/)
  asked({ query: 'a', mode: 'x' }, /mode is "x"; expected one of/)
  asked({ query: 'a', share: 2 }, /share is 2/)
  asked({ query: 'a', fusion: 'x' }, /fusion is "x"/)
})

test('ids and scores come without the documents; fields, sizes and filters of no field are told', async () => {
  const retrieval = await openDocuments(faq, someVectors())
  const { found } = retrieval.search({ query: 'money at sea' })
  const { ranked, warnings } = retrieval.rank({ query: 'money at sea' })
  assert.deepEqual(
    ranked,
    found.map(({ id, score }) => ({ id, score })),
  )
  assert.deepEqual(warnings, [])
  assert.deepEqual(
    retrieval.rankRelated('pay').ranked.map(({ id }) => id),
    idsOf(retrieval.related('pay')),
  )
  assert.deepEqual(retrieval.fields, ['id', 'text', 'lang', 'year', 'tags', 'open'])
  await retrieval.prepare(retrieval.fields)
  assert.equal(retrieval.bytesOf('4'), JSON.stringify(faq[3]).length)
  assert.equal(retrieval.bytesOf('nobody'), 0)
  assert.deepEqual(retrieval.largest, { id: 'ship', bytes: JSON.stringify(faq[1]).length })
  assert.deepEqual(retrieval.search({ query: 'money', filter: { lnag: 'en' } }), {
    found: [],
    warnings: ['no document has the field "lnag"; there are id, text, lang, year, tags, open'],
  })
})

test('while documents are opened, others have their turn', async () => {
  const given = Array.from({ length: 5_000 }, () => ({ text: 'the king pays money at sea '.repeat(10) }))
  let [turns, isOpen] = [0, false]
  const next = () => {
    turns++
    if (!isOpen) setImmediate(next)
  }
  setImmediate(next)
  await openDocuments(given, someVectors())
  isOpen = true
  assert.ok(turns >= 3, `${turns}`)
})

test('any documents give finite scores in order', async () => {
  const word = fc.constantFrom(...words, 'other', '__proto__', '東京')
  const text = fc.array(word, { minLength: 1, maxLength: 12 }).map(parts => parts.join(' '))
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 60 }), text, async (texts, query) => {
      const retrieval = await openDocuments(
        texts.map(text => ({ text })),
        someVectors(),
      )
      for (const mode of searchModes) {
        const scores = retrieval.search({ query, mode, count: 5 }).found.map(({ score }) => score)
        assert.ok(scores.every(Number.isFinite))
        assert.deepEqual(
          scores,
          scores.toSorted((a, b) => b - a),
        )
      }
    }),
    { numRuns: 60 },
  )
})
