import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { learnPhrases, Vocabulary, type WordloomError } from 'wordloom'
import { type TagForm, taggedDocuments } from 'wordloom/text'
import { encodeCorpus } from '#text/encode'

const folder = mkdtempSync(join(tmpdir(), 'wordloom-tagged-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function fileOf(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

async function read(path: string, form: TagForm, options = {}): Promise<unknown[]> {
  const found: unknown[] = []
  for await (const document of taggedDocuments([path], form, options)) found.push(document)
  return found
}

test('columns are tags with commas between them, a tab, and the text', async () => {
  const text = '\ufeffa, b c\tone\ttwo\r\n\n \nd\t\ne\tlast'
  const right = [
    { tags: ['a', 'b c'], text: 'one\ttwo' },
    { tags: ['d'], text: '' },
    { tags: ['e'], text: 'last' },
  ]
  assert.deepEqual(await read(fileOf('c.tsv', text), 'columns'), right)
  assert.deepEqual(await read(fileOf('c.tsv.gz', gzipSync(text)), 'columns'), right)
  const latin = await read(fileOf('l.tsv', Buffer.from('a\tcaf\xe9', 'latin1')), 'columns', {
    encoding: 'windows-1252',
  })
  assert.deepEqual(latin, [{ tags: ['a'], text: 'café' }])
})

test('lines of JSON have tags, one or several, and a text or words', async () => {
  const lines = [
    '{"tags": ["a", 7], "text": "one two"}',
    '{"tags": "b, c", "words": ["New York", "x"]}',
    '{"tags": 2024, "text": "", "more": 1}',
  ]
  assert.deepEqual(await read(fileOf('j.jsonl', lines.join('\r\n')), 'json'), [
    { tags: ['a', '7'], text: 'one two' },
    { tags: ['b, c'], words: ['New York', 'x'] },
    { tags: ['2024'], text: '' },
  ])
})

test('what is no document with tags is refused with its line', async () => {
  for (const [form, text, says] of [
    ['columns', 'a\tb\nc d\n', /w\.txt: line 2: there is no tab in it; expected tags/],
    ['columns', 'a,\tb\n', /line 1: a tag before the tab is empty/],
    ['columns', '\tb\n', /line 1: a tag before the tab is empty/],
    ['json', 'x\n', /line 1: it is no JSON object/],
    ['json', '\n[1]\n', /line 2: "tags" is missing/],
    ['json', '{"tags": [], "text": "a"}', /line 1: "tags" is \[\]/],
    ['json', '{"tags": ["a"], "text": 5}', /line 1: it has neither a text nor words/],
    [
      'columns',
      Buffer.from('a\tcaf\xe9\n', 'latin1'),
      /it is not UTF-8.* Convert it, or set encoding to windows-1252/,
    ],
  ] as const)
    await assert.rejects(
      read(fileOf('w.txt', text), form),
      (error: WordloomError) => error.code === 'bad-data' && says.test(error.message),
    )
  await assert.rejects(read(join(folder, 'none'), 'json'), { code: 'no-input' })
})

test('sentences know their tags, and tags are no words', async () => {
  const documents = [
    { tags: ['x', 'y'], text: 'a b\nrare\nb a' },
    { tags: ['z'], text: 'c' },
    { tags: ['y'], words: ['a'] },
  ]
  const { tags, lines, vocabulary } = await encodeCorpus(documents, { documents: true, minCount: 2 })
  assert.deepEqual([...vocabulary.words()], ['a', 'b'])
  assert.deepEqual([...lines!], [0, 2, 4])
  assert.deepEqual(
    [tags!.names, [...tags!.starts], [...tags!.tags]],
    [
      ['x', 'y'],
      [0, 2, 4, 5],
      [0, 1, 0, 1, 1],
    ],
  )
  const known = await encodeCorpus(documents, { documents: true, vocabulary: Vocabulary.of(['a', 'b']) })
  assert.deepEqual(known.tags, tags)
  const phrases = await learnPhrases(documents, { minCount: 1, threshold: 0 })
  assert.ok([...phrases.words()].every(phrase => !/[xyz]/.test(phrase)))
})
