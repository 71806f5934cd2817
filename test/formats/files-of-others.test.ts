import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type LoadOptions, load, read, save } from '#formats/index'
import { rowsOf, temporaryFolder } from './sample.js'

const asText = (text: string, name: string, options: LoadOptions = {}) =>
  read({ name, chunks: [new TextEncoder().encode(text)] }, options)

test('numbers that are not finite are known however a system spells them', async () => {
  for (const spelled of ['-nan(ind)', 'nan(0x7fffff)', '-1.#IND', '1.#QNAN', '1.#INF00', 'NaN', '-inf']) {
    const text = `3 2\ncat 0.5 1\ndog ${spelled} 2\nowl 1 2\n`
    const vectors = await asText(text, 'v.vec', { allowNonfinite: true })
    assert.deepEqual([...vectors.vocabulary.words()], ['cat', 'owl'], spelled)
    assert.match(String(vectors.warnings), /1 row was left out/)
    await assert.rejects(
      asText(text, 'v.vec'),
      { message: /is not finite; expected a finite number/ },
      spelled,
    )
  }
  for (const wrong of ['nan(', '1.#', 'nano', 'inf1'])
    await assert.rejects(asText(`1 2\ncat ${wrong} 1\n`, 'v.vec', { allowNonfinite: true }), {
      message: /is not a number/,
    })
})

test('a last line without an end is taken by a lenient reader if it is whole, with a warning', async () => {
  const whole = await asText('2 2\na 1 2\nb 2 3', 'v.vec', { lenient: true })
  assert.deepEqual(rowsOf(whole), [
    [1, 2],
    [2, 3],
  ])
  assert.match(
    String(whole.warnings),
    /^v\.vec: line 3 has no line break at its end, so that its last number may/,
  )
  const glove = await asText('a 1 2\nb 2 3', 'v.glove', { lenient: true })
  assert.equal(glove.size, 2)
  const cut = await asText('2 2\na 1 2\nb 2', 'v.vec', { lenient: true })
  assert.equal(cut.size, 1)
  assert.match(String(cut.warnings), /line 3 was left out, because the file ends inside it/)
  await assert.rejects(asText('2 2\na 1 2\nb 2 3', 'v.vec'), {
    message: /or add a line break if it is whole, or give lenient to take it/,
  })
})

test('words that end in a number are taken by a lenient reader, with a warning', async () => {
  for (const [name, text] of [
    ['v.vec', '3 2\ncat 0.5 1\niphone 5 1 2\nroute 66 1 1\n'],
    ['v.glove', 'cat 0.5 1\niphone 5 1 2\nroute 66 1 1\n'],
  ] as const) {
    await assert.rejects(asText(text, name), {
      message:
        /there are 3 numbers; expected 2 after the word, .* Give lenient if words may end in a number\./,
    })
    const vectors = await asText(text, name, { lenient: true })
    assert.deepEqual([...vectors.vocabulary.words()], ['cat', 'iphone 5', 'route 66'])
    assert.match(String(vectors.warnings), /2 words end in a number, such as "iphone 5"$/)
  }
})

test('a table of numbers without words is refused, and whole numbers may be words', async () => {
  for (const text of [
    '0.117 0.25 -0.3\n-0.4 0.5 0.6\n0.117 -0.4 0.1\n',
    '1.17e-01 2.5e-01 1\n-4e-01 5e-01 2\n',
  ])
    await assert.rejects(asText(text, 'v.txt'), {
      code: 'bad-data',
      message:
        /line 1: each line begins with a number that has a fraction, .*Put the word before the numbers/,
    })
  assert.deepEqual([...(await asText('1 0.5 1\n2 0.1 2\n', 'v.txt')).vocabulary.words()], ['1', '2'])
  assert.equal((await asText('1.5 0.5 1\ncat 0.1 2\n', 'v.txt')).size, 2)
})

test('a pointer of Git LFS is named, whatever the extension', async () => {
  const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n'
  for (const name of ['v.vec', 'v.safetensors', 'v.bin', 'v.npy', 'v'])
    await assert.rejects(asText(pointer, name), {
      code: 'bad-data',
      message: `Cannot read ${name}: this is a Git LFS pointer, not the file itself. Fetch the file with git lfs pull.`,
    })
})

test('small Parquet files are read through a compression, too', async () => {
  const vectors = await asText('2 2\na 1 2\nb 2 3\n', 'v.vec')
  const path = `${await temporaryFolder()}/v.parquet.gz`
  await save(vectors, path)
  assert.deepEqual(rowsOf(await load(path)), rowsOf(vectors))
})
