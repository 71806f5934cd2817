import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import {
  type LabelledLine,
  type LabelledSource,
  labelledLines,
  type ReadLabelledOptions,
} from '#classification/index'

const folder = mkdtempSync(join(tmpdir(), 'wordloom-labelled-'))
after(() => rmSync(folder, { recursive: true }))

async function read(source: LabelledSource, options: ReadLabelledOptions = {}): Promise<LabelledLine[]> {
  const lines: LabelledLine[] = []
  for await (const line of labelledLines(source, options)) lines.push(line)
  return lines
}

function written(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const line = (text: string, ...labels: string[]): LabelledLine => ({ text, labels })

test('a word with the prefix is a label wherever it stands', async () => {
  const lines = ['__label__a x y __label__b', 'z\t__label__a __label__a', '__label__c naïve\u00a0text\r']
  const expected = [line('x y', 'a', 'b'), line('z', 'a'), line('naïve\u00a0text', 'c')]
  assert.deepEqual(await read({ lines }), expected)
  assert.deepEqual(await read({ lines: ['#x one __label__y'] }, { labelPrefix: '#' }), [
    line('one __label__y', 'x'),
  ])
})

test('columns are found by their names in the header, fields may be in quotes', async () => {
  const csv = 'id,text,label\r\n1,"a ""b""\nc, d",x\r\n\r\n2, plain,"y"'
  const expected = [line('a "b"\nc, d', 'x'), line(' plain', 'y')]
  assert.deepEqual(await read(written('a.csv', csv)), expected)
  const renamed = csv.replace('text,label', 'review,stars')
  assert.deepEqual(await read({ lines: [renamed] }, { textColumn: 'review', labelColumn: 'stars' }), expected)
  const tsv = written('a.tsv', '\ufefflabels\ttext\nx|y\t"a" b\nz\tc\n')
  assert.deepEqual(await read(tsv, { labelSeparator: '|' }), [line('"a" b', 'x', 'y'), line('c', 'z')])
  const quoted = written('b.tsv', 'text\tlabel\n"a\tb\nc"\tx\n')
  assert.deepEqual(await read(quoted, { quoted: true }), [line('a\tb\nc', 'x')])
})

test('a .csv of a spreadsheet may have semicolons or tabs between fields, and names in any case', async () => {
  const expected = [line('paid 39,90; twice', 'Billing'), line('lost', 'Shipping')]
  const rows = ['"Text";Label', '"paid 39,90; twice";Billing', 'lost;Shipping', '']
  assert.deepEqual(await read(written('semicolons.csv', rows.join('\r\n'))), expected)
  assert.deepEqual(await read({ lines: rows }), expected)
  const tabs = rows.map(row => row.replace(/;(?=\w+$)/, '\t')).join('\n')
  assert.deepEqual(await read(written('tabs.csv', `\n${tabs}`)), expected)
  const numbered = written('numbered.csv', rows.slice(1).join('\n'))
  assert.deepEqual(await read(numbered, { withoutHeader: true, textColumn: '1', labelColumn: '2' }), expected)
  await assert.rejects(read(written('two.csv', 'Text,TEXT,label\na,b,c\n')), /there is no column "text"/)
  await assert.rejects(read(written('list.json', '[{"text":"a","label":"b"}]')), /this is a JSON array/)
})

test('columns without a header have numbers', async () => {
  const options = { withoutHeader: true }
  assert.deepEqual(await read({ lines: ['pos\tgood film', 'neg\tbad film'] }, options), [
    line('good film', 'pos'),
    line('bad film', 'neg'),
  ])
  const third = written('c.csv', 'good,1,pos\n')
  assert.deepEqual(await read(third, { ...options, textColumn: '1', labelColumn: '3' }), [
    line('good', 'pos'),
  ])
})

test('objects come as JSON Lines or from a program, labels as texts, numbers or lists', async () => {
  const objects = [
    { text: 'a', label: 1 },
    { text: 'b', labels: ['x', 'y'] },
    { text: 'c', label: true },
  ]
  const expected = [line('a', '1'), line('b', 'x', 'y'), line('c', 'true')]
  assert.deepEqual(await read(objects), expected)
  const lines = objects.map(object => JSON.stringify(object))
  assert.deepEqual(await read({ lines }), expected)
  assert.deepEqual(await read(written('a.jsonl', `${lines.join('\n')}\n`)), expected)
  const named = { textColumn: 'body', labelColumn: 'lang' }
  assert.deepEqual(await read({ lines: ['{"body":"t","lang":"en","id":1}'] }, named), [line('t', 'en')])
})

test('files are compressed or not, in folders, as bytes and in streams', async () => {
  const text = Buffer.from('__label__é ü\n__label__b c\n')
  const expected = [line('ü', 'é'), line('c', 'b')]
  mkdirSync(join(folder, 'many'))
  written('many/1.txt', text)
  written('many/2.txt.gz', gzipSync(text))
  assert.deepEqual(await read(join(folder, 'many')), [...expected, ...expected])
  assert.deepEqual(await read(gzipSync(text)), expected)
  async function* bytewise() {
    for (const byte of text) yield Uint8Array.of(byte)
  }
  assert.deepEqual(await read(bytewise()), expected)
  assert.deepEqual(await read(new Blob([text]).stream()), expected)
  const latin1 = written('latin1.txt', Buffer.from('__label__é ü\n', 'latin1'))
  assert.deepEqual(await read(latin1, { encoding: 'latin1' }), expected.slice(0, 1))
})

test('what is passed over is counted and told', async () => {
  const told: string[] = []
  const onWarning = (sentence: string) => told.push(sentence)
  await read({ lines: ['a', '', '__label__x b', 'c', '__label__y'] }, { onWarning })
  await read({ lines: ['id,text,date,label', '1,a,2,b'] }, { onWarning })
  assert.deepEqual(told, [
    '2 lines without a label were passed over',
    '1 line without a text was passed over',
    'the columns "id", "date" of the text given were passed over',
  ])
})

test('whatever is wrong is told with its line', async () => {
  const wrong = async (source: unknown, message: RegExp, options = {}) =>
    assert.rejects(read(source as LabelledSource, options), { name: 'WordloomError', message })
  const lines = (...texts: string[]) => ({ lines: texts })
  await wrong(lines('text,label', 'a,b', 'c'), /line 3: the row has 1 field; expected 2/)
  await wrong(lines('text,label', 'a,b', '"c'), /line 3: a quoted field .* does not end/)
  await wrong(written('d.csv', 'body,stars\n'), /no column "text"; the columns are "body", "stars"/)
  await wrong(written('e.csv', 'text,stars\n'), /no column "label".*Name it with labelColumn/)
  await wrong(lines('{"text":"a","label":1}', '{"text":'), /line 2: it is no JSON object/)
  await wrong(lines('{"text":"a","label":{}}'), /"label" is neither a label nor a list/)
  await wrong(written('f.jsonl', '[{"text":"a"}]'), /this is a JSON array/)
  await wrong(written('g.jsonl', '{"label":"a"}'), /it has no "text"/)
  await wrong(lines('a\tb'), /textColumn is 4, and the line has 2 fields/, {
    withoutHeader: true,
    textColumn: '4',
  })
  await wrong(written('h.txt', Buffer.from('__label__a \xff', 'latin1')), /it is not UTF-8.*encoding/)
  await wrong(join(folder, 'nothing.txt'), /no such file/)
  await wrong([{ text: 'a', label: 'b' }, 'c'], /line 2|other things than paths/)
  await wrong([{ text: 7, label: 'b' }], /line 1: its text is of type number/)
  await wrong(7, /they are given as of type number/)
  await wrong(lines('a'), /there is no option fromat. Did you mean format\?/, { fromat: 'csv' })
})

test('any fields come back from a file that quotes them, however its bytes are cut', async () => {
  const field = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', ' ', 'é', '\t') })
  const rows = fc.array(fc.tuple(field, fc.constantFrom('x', 'y,z', '"')), { minLength: 1 })
  const property = fc.asyncProperty(rows, fc.integer({ min: 1, max: 9 }), async (given, size) => {
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
    const text = `text,label\n${given.map(row => row.map(quoted).join(',')).join('\n')}\n`
    const bytes = Buffer.from(text)
    async function* pieces() {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
    }
    const wanted = given.filter(([text]) => text.trim() !== '').map(([text, label]) => line(text, label))
    assert.deepEqual(await read(pieces(), { format: 'csv' }), wanted)
  })
  await fc.assert(property)
})

test('a prefix that marks no word is refused', async () => {
  for (const labelPrefix of ['', ' ', '__label__ '])
    await assert.rejects(read({ lines: ['__label__a x'] }, { labelPrefix }), { code: 'usage' })
  assert.deepEqual(await read({ lines: ['text,label', 'x,a'] }, { labelPrefix: '' }), [line('x', 'a')])
})

test('blanks of Unicode stay at the ends of a text, as fastText has them', async () => {
  const lines = ['__label__a \u3000x \u00a0', '\ufeff y __label__b \u00a0z\u3000']
  assert.deepEqual(await read({ lines: ['', ...lines] }), [
    line('\u3000x \u00a0', 'a'),
    line('\ufeff y \u00a0z\u3000', 'b'),
  ])
})

test('labels that would become one are refused', async () => {
  for (const number of ['12345678901234567890', '9007199254740993', '1e400', '-1e21'])
    await assert.rejects(read({ lines: [`{"text":"x","label":${number}}`] }, { format: 'jsonl' }), {
      code: 'bad-data',
    })
  assert.deepEqual(await read({ lines: ['{"text":"x","labels":[-5,0.25,true,"12345678901234567890"]}'] }), [
    line('x', '-5', '0.25', 'true', '12345678901234567890'),
  ])
  await assert.rejects(read([{ text: 'x', label: Number.NaN }]), { code: 'usage' })
  await assert.rejects(read([{ text: 'x', label: '\ud800' }]), { code: 'bad-data' })
  await assert.rejects(read({ lines: ['text,label', 'x,a\udc00'] }), { code: 'bad-data' })
})
