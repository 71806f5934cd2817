import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { shell, temporaryFolder, wordloom } from './wordloom.js'

const cwd = temporaryFolder()
const run = (...args: string[]) => wordloom(['search', 'v.vec', ...args], { cwd })

before(() => {
  const vectors = ['pay 1 0 0', 'money 0.9 0.1 0', 'ship 0 1 0', 'sea 0 0.9 0.1', 'law 0 0 1']
  writeFileSync(join(cwd, 'v.vec'), `5 3\n${vectors.join('\n')}\n`)
  const faq = [
    { id: 'pay', text: 'You can pay by card.', lang: 'en', year: 2019 },
    { id: 'ship', text: 'Goods are sent by ship,\n or by train.', lang: 'en', year: 2020 },
    { id: 'law', text: 'The law forbids it.', lang: 'de' },
  ]
  writeFileSync(join(cwd, 'faq.jsonl'), faq.map(one => JSON.stringify(one)).join('\n'))
  writeFileSync(join(cwd, 'twice.jsonl'), '{"id":1,"text":"a"}\n{"id":1,"text":"b"}\n')
})

test('search lists documents by their words, their vectors, or both', async () => {
  const text = await run('faq.jsonl', 'by', 'ship', '--mode', 'text')
  assert.equal(text.stderr, '')
  assert.match(
    text.stdout,
    /^by ship\n {4}\d\.\d{4} {2}ship {2}Goods are sent by ship, or by train\.\n.* {2}pay {3}You/,
  )
  const vector = await run('faq.jsonl', 'money', '--mode', 'vector', '--count', '1')
  assert.match(vector.stdout, /^money\n {4}0\.99\d\d {2}pay {2}You can pay by card\.\n$/)
  const both = await run('faq.jsonl', 'money for the law', '--json')
  const { query, found } = JSON.parse(both.stdout)
  assert.equal(query, 'money for the law')
  assert.equal(found[0].id, 'law')
  assert.deepEqual(found[0].document, { lang: 'de', id: 'law', text: 'The law forbids it.' })
  const ranks = JSON.parse((await run('faq.jsonl', 'law', '--fusion', 'ranks', '--json')).stdout)
  assert.ok(Math.abs(ranks.found[0].score - 2 / 61) < 1e-12)
})

test('search takes filters, and a document in place of a question', async () => {
  const ids = async (...args: string[]) =>
    JSON.parse((await run('faq.jsonl', ...args, '--json')).stdout).found.map((one: { id: string }) => one.id)
  assert.deepEqual(await ids('by ship', '--filter', 'lang=en', '--filter', 'year=2019,2021'), ['pay'])
  assert.deepEqual((await ids('by law', '--filter', 'lang=de,fr')).sort(), ['law'])
  assert.equal((await ids('--related', 'pay', '--mode', 'text'))[0], 'ship')
})

test('search says what it does not find', async () => {
  const none = await run('faq.jsonl', 'zzz')
  assert.deepEqual([none.code, none.stdout], [0, 'zzz\n  (no document)\n'])
  assert.match(none.stderr, /no word of the query has a vector\n.*no document has a word of the query/)
  const wrong: [string[], number, RegExp][] = [
    [['faq.jsonl'], 64, /search needs <query>: questions are asked for only in a terminal.*For example/],
    [['faq.jsonl', ''], 64, /the question is empty/],
    [
      ['faq.jsonl', 'a', '--filter', 'year=2001', '--filter', 'lang=en', '--filter', 'year=2002,2003'],
      64,
      /--filter names year twice\. For any of the values, write --filter year=2001,2002,2003\./,
    ],
    [['faq.jsonl', 'a', '--related', 'pay'], 64, /there are a question and --related/],
    [['faq.jsonl', '--related', 'none'], 64, /no document has the id "none"/],
    [
      ['faq.jsonl', 'a', '--filter', 'lang'],
      64,
      /--filter is "lang"; expected a field and a value, such as lang=en/,
    ],
    [['faq.jsonl', 'a', '--mode', 'text', '--share', '0.2'], 64, /--share has no effect beside --mode text/],
    [
      ['faq.jsonl', 'a', '--fusion', 'ranks', '--share', '0.2'],
      64,
      /--share has no effect beside --fusion ranks/,
    ],
    [['twice.jsonl', 'a'], 65, /twice\.jsonl: line 2: the id "1" came before/],
    [['none.jsonl', 'a'], 66, /none\.jsonl/],
  ]
  for (const [args, code, message] of wrong) {
    const ended = await run(...args)
    assert.equal(ended.code, code, args.join(' '))
    assert.match(ended.stderr, message)
    assert.equal(ended.stdout, '')
  }
})

test('a field that no document has is told; vectors and documents in the wrong order are', async () => {
  const misspelt = await run('faq.jsonl', 'ship', '--filter', 'language=en')
  assert.deepEqual([misspelt.code, misspelt.stdout], [0, 'ship\n  (no document)\n'])
  assert.match(misspelt.stderr, /no document has the field "language"; there are id, text, lang, year\n/)
  const swapped = await wordloom(['search', 'faq.jsonl', 'v.vec', 'ship'], { cwd })
  assert.equal(swapped.code, 65)
  assert.match(
    swapped.stderr,
    /faq\.jsonl: it has no vectors.*Give the vectors first: wordloom search v\.vec faq/,
  )
})

test('lines that are no JSON are documents, too', async () => {
  const { stdout } = await shell(
    'printf "a ship\\n\\nthe law\\n" > l.txt; wordloom search v.vec l.txt law',
    cwd,
  )
  assert.match(stdout, /^law\n {4}\d\.\d{4} {2}3 {2}the law\n/)
})
