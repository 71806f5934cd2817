import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type LoadOptions, read } from '#formats/index'
import { awkwardVectors, bytesIn, rowsOf } from './sample.js'

/** Words and rows of a text, in pieces of `size` bytes. */
async function readText(text: string | Uint8Array, options: LoadOptions = {}, size = 5) {
  const bytes = Buffer.from(text)
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  )
  const vectors = await read({ name: 'v.json', chunks }, options)
  return { words: [...vectors.vocabulary.words()], rows: rowsOf(vectors), warnings: vectors.warnings }
}

const refused = (text: string | Uint8Array, message: RegExp, options: LoadOptions = {}) =>
  assert.rejects(readText(text, options), { name: 'WordloomError', code: 'bad-data', message }, String(text))

test('an object of words, the object of ml5, a list of objects and JSON Lines are read alike', async () => {
  for (const text of [
    '{"cat":[0.5,1],"dog":[1,-2e-3]}',
    '\ufeff {\n "cat" : [ 0.5 , 1 ] ,\r\n\t"dog":[1,\n-2e-3]}\n\n',
    '{"vectors":{"cat":[0.5,1],"dog":[1,-2e-3]}}',
    '{ "vectors" : { "cat" : [0.5,1], "dog" : [1,-2e-3] } }',
    '[{"word":"cat","vector":[0.5,1]}, {"word":"dog","vector":[1,-2e-3]}]\n',
    '{"word":"cat","vector":[0.5,1]}\n{"word":"dog","vector":[1,-2e-3]}\n',
  ])
    for (const size of [1, 7, 1000]) {
      const { words, rows, warnings } = await readText(text, {}, size)
      assert.deepEqual(words, ['cat', 'dog'])
      assert.deepEqual(rows, [
        [0.5, 1],
        [1, Math.fround(-2e-3)],
      ])
      assert.deepEqual(warnings, [])
    }
})

test('names of JavaScript, whole numbers, "vectors" and escapes are words, in the order of the file', async () => {
  const text =
    '{"__proto__":[1],"10":[2],"2":[3],"vectors":[4],"\\u00e9\\n\\"\\ud83d\\ude00":[5],"\ufeffx":[6],"":[7]}'
  const { words, rows } = await readText(text)
  assert.deepEqual(words, ['__proto__', '10', '2', 'vectors', 'é\n"😀', '\ufeffx', ''])
  assert.deepEqual(rows, [[1], [2], [3], [4], [5], [6], [7]])
})

test('of a word that comes twice the first row is kept, and a warning counts the others', async () => {
  const { words, rows, warnings } = await readText('{"a":[1],"b":[2],"a":[3]}')
  assert.deepEqual(
    [words, rows],
    [
      ['a', 'b'],
      [[1], [2]],
    ],
  )
  assert.match(warnings[0]!, /1 row is for a word that came before/)
})

test('members beside word and vector are passed over, and named', async () => {
  const { words, warnings } = await readText('{"word":"a","count":12,"pos":"x","seen":null,"vector":[1]}')
  assert.deepEqual(words, ['a'])
  assert.deepEqual(warnings, [
    'v.json: of each object only the word and its list were taken, not "count", "pos", "seen"',
  ])
})

test('a limit and a list of words read no further', async () => {
  for (const text of [
    '{"a":[1],"b":[2],#',
    '{"vectors":{"a":[1],"b":[2],#',
    '[{"word":"a","vector":[1]},{"word":"b","vector":[2]},#',
  ])
    for (const options of [{ limit: 2 }, { words: ['b', 'a'] }])
      assert.deepEqual((await readText(text, options)).rows, [[1], [2]], text)
})

test('numbers that are not finite are refused, or their rows left out', async () => {
  for (const bad of ['NaN', '-Infinity', 'null', '1e39']) {
    const text = `{"a":[1,2],"b":[3,${bad}]}`
    await refused(text, /"b".*(there is|1e39 is too large).*Give allowNonfinite/)
    const { words, warnings } = await readText(text, { allowNonfinite: true })
    assert.deepEqual(words, ['a'])
    assert.match(warnings[0]!, /left out/)
  }
})

test('JSON that is no object of words is refused with place and reason', async () => {
  await refused('{"a":[1,2],"b":[3]}', /byte \d+, "b": there is 1 number; expected 2, as in the first list/)
  await refused('{"a":[1,2],"b":[3,4,5]}', /"b": there are 3 numbers; expected 2/)
  await refused(
    '{"a":[1,2],"b":[3,]}',
    /byte 18, "b": there is no number; expected numbers with commas between them/,
  )
  await refused('{"a":[1,2],"b":["x",4]}', /byte 16, "b": "\\"x\\"" is not a number/)
  await refused('{"a":[1,2],"b":[[1,2],4]}', /"b": "\[1" is not a number/)
  await refused('{"a":[]}', /"a": there are 0 numbers; expected 1 to 1,048,576/)
  await refused('{"a":[1],"b":{"x":1}}', /"b": the value is an object; expected a list of numbers/)
  await refused('{"a":[1],"b":"x"}', /"b": the value is a string; expected a list of numbers/)
  await refused('{"a":[1],"b":7}', /"b": the value is a number/)
  await refused('{"a":[1],b:[2]}', /"b" is not what JSON has here; expected "\\""/)
  await refused('{"a":[1] "b":[2]}', /expected "," or "}"/)
  await refused('{"a":[1],}', /"}" is not what JSON has here/)
  await refused(
    '{"a":[1]}{"b":[2]}',
    /byte 9: more follows after the last word; expected the end of the file/,
  )
  await refused('{"vectors":{"a":[1]},"size":2}', /"size": there is a member beside "vectors"/)
  await refused(
    '{"word":"a"}',
    /"a": there is no list of numbers; expected a list of numbers behind the word/,
  )
  await refused(
    '[{"word":"a","vector":[1]},{"vector":[2],"word":"b"}]',
    /"vector": the value is a list; expected the word as a string/,
  )
  await refused(
    '{"a":{"x":[1]}}',
    /this is a JSON file of another kind; expected an object with a list of numbers/,
  )
  await refused('[1,2]', /v\.json/)
  await refused('{}', /there is no word in it/)
  await refused('{"vectors":{}}', /there is no word in it/)
  for (const word of ['"\\ud800"', '"\\x"', '"a\nb"'])
    await refused(`{"a":[1],${word}:[1]}`, /this is no string of JSON/)
  await refused(Buffer.from('{"a":[1],"\xe4":[2]}', 'latin1'), /this is no string of JSON; expected UTF-8/)
})

test('a file that was cut off is refused wherever it ends', async () => {
  for (const text of ['{"vectors":{"cat":[0.5,1],"dog":[1,2]}}', '[{"word":"cat","vector":[0.5,1]}]'])
    for (let length = 14; length < text.length; length++)
      await assert.rejects(readText(text.slice(0, length)), {
        code: 'bad-data',
        message: /ends here|cut off|another kind/,
      })
})

test('words and lists without end are refused before they fill the memory', async () => {
  await refused(`{"a":[1],"${'x'.repeat(400_000)}":[2]}`, /the string is over 64 KB long/)
  await refused(`{"a":[1],"${'x'.repeat(70_000)}":[2]}`, /the string is over 64 KB long/)
  function* endless() {
    yield Buffer.from('{"a":[1')
    for (;;) yield Buffer.from(',1'.repeat(1 << 16))
  }
  await assert.rejects(read({ name: 'v.json', chunks: endless() }), {
    message: /the list is over 16 MB long/,
  })
})

test('what is written is JSON for any reader, and every float32 comes back', async () => {
  const vectors = awkwardVectors(['__proto__', '10', 'é"\\\n', '\u2028', 'a b'], 6)
  const object = JSON.parse(Buffer.from(bytesIn('json', vectors)).toString())
  assert.deepEqual(Object.keys(object).sort(), ['10', '__proto__', 'a b', 'é"\\\n', '\u2028'].sort())
  assert.deepEqual(object['a b'].map(Math.fround), rowsOf(vectors)[4])
  const lines = Buffer.from(bytesIn('json-lines', vectors)).toString().trimEnd().split('\n')
  assert.deepEqual(
    lines.map(line => JSON.parse(line)).map(({ word, vector }) => [word, vector.map(Math.fround)]),
    [...vectors.vocabulary.words()].map((word, i) => [word, rowsOf(vectors)[i]]),
  )
})
