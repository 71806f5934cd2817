import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { findFiles } from '#files/index'
import { temporaryFolder } from '../text/temporary.js'

const folder = temporaryFolder({
  'book/chapter10.txt': 'ten',
  'book/chapter2.txt': 'two',
  'book/part/chapter1.txt.gz': gzipSync('one'),
  'book/part/photo.jpg': Buffer.from([0xff, 0xd8, 0, 1]),
  'book/paper.pdf': '%PDF-1.7 text',
  'book/packed.tar.gz': gzipSync(Buffer.from('name\0\0\0')),
  'book/.hidden': 'secret',
  'book/.git/config': 'secret',
  'book/node_modules/x/README.md': 'code',
  'book/empty.txt': '',
  'book/utf16.txt': Buffer.from('\ufeffhello', 'utf16le'),
  'binary/a.bin': Buffer.from([0, 1, 2]),
  'bare/.hidden': '',
  'odd/what[1].txt': 'brackets',
})
symlinkSync('..', folder('book/part/up'))
symlinkSync('nowhere', folder('book/part/broken'))

async function find(...paths: string[]): Promise<string[]> {
  return (await findFiles(paths.map(folder))).map(file => relative(folder(), file.path))
}

test('a folder gives its text files and those below, in natural order, loops of links and all', async () => {
  const expected = ['chapter2.txt', 'chapter10.txt', 'part/chapter1.txt.gz', 'utf16.txt'].map(
    name => `book/${name}`,
  )
  assert.deepEqual(await find('book'), expected)
})

test('a glob gives the files that match, in natural order', async () => {
  assert.deepEqual(await find('book/chapter*.txt'), ['book/chapter2.txt', 'book/chapter10.txt'])
  assert.deepEqual(await find('book/**/*.{gz,pdf}'), [
    'book/packed.tar.gz',
    'book/paper.pdf',
    'book/part/chapter1.txt.gz',
  ])
})

test('files come in the order given, a name with glob characters is a name if it exists', async () => {
  const names = ['odd/what[1].txt', 'book/chapter10.txt', 'book/chapter2.txt']
  assert.deepEqual(await find(...names), names)
  assert.deepEqual(await findFiles('-'), [{ path: '-', size: undefined }])
  assert.equal((await findFiles(folder('odd/what[1].txt')))[0]!.size, 8)
})

test('what stands for nothing is refused in a sentence', async () => {
  const refused: [string, RegExp][] = [
    ['absent.txt', /absent\.txt: no such file\. Check the spelling/],
    ['book/chapter2.txt/x', /no such file: a part of the path is not a folder/],
    ['book/*.md', /book\/\*\.md: no file matches/],
    ['binary', /binary: there is no text in this folder \(none of its 1 files is text\)/],
    ['bare', /bare: there is no text in this folder \(every file is hidden or empty\)/],
  ]
  for (const [name, message] of refused) await assert.rejects(find(name), { code: 'no-input', message })
  await assert.rejects(findFiles([]), { code: 'no-input' })
  await assert.rejects(findFiles(['-', '-']), { code: 'usage', message: /only once/ })
})

test('a glob has braces over folders, classes, links and literal folders', async () => {
  assert.deepEqual(await find('{book/part,odd}/*[t1]*'), [
    'book/part/chapter1.txt.gz',
    'book/part/photo.jpg',
    'odd/what[1].txt',
  ])
  assert.deepEqual(await find('book/**/up/chapter?.txt'), ['book/part/up/chapter2.txt'])
  assert.deepEqual(await find('*/part/up/part/chapter*'), ['book/part/up/part/chapter1.txt.gz'])
  assert.deepEqual(await find('b*/**'), await find('{book,binary}/**/*'))
  await assert.rejects(find('book/*/chapter2.txt/*'), { code: 'no-input', message: /no file matches/ })
})

test('folders that link to each other are looked through once', { timeout: 20_000 }, async () => {
  const names = Array.from({ length: 9 }, (_, i) => `links/f${i}`)
  for (const name of names) mkdirSync(folder(name), { recursive: true })
  for (const name of names) {
    for (const other of names) symlinkSync(folder(other), folder(`${name}/to-${other.slice(6)}`))
    writeFileSync(folder(`${name}/text.txt`), 'a text')
  }
  assert.equal((await find('links/**/*.txt')).length, 9)
  assert.equal((await find('links/**/to-f3/**/*.txt')).length, 9)
  await assert.rejects(find('links/**/none'), { message: /no file matches/ })
})

test('a file whose name is not UTF-8 is told, in a folder and by a glob', async t => {
  mkdirSync(folder('latin'))
  writeFileSync(folder('latin/fine.txt'), 'fine')
  writeFileSync(Buffer.concat([Buffer.from(folder('latin/')), Buffer.from('caf\xe9.txt', 'latin1')]), 'not')
  if (!readdirSync(folder('latin')).some(name => name.includes('\ufffd')))
    return t.skip('this system has UTF-8 names only')
  for (const name of ['latin', 'latin/*.txt']) {
    const skipped: string[] = []
    const found = await findFiles(
      folder(name),
      (path, reason) => void skipped.push(`${relative(folder(), path)}: ${reason}`),
    )
    assert.deepEqual(
      found.map(file => relative(folder(), file.path)),
      ['latin/fine.txt'],
    )
    assert.deepEqual(skipped, ['latin/caf\ufffd.txt: its name is not UTF-8; rename it'])
  }
  await assert.rejects(findFiles(folder('latin/caf\ufffd.txt')), {
    code: 'no-input',
    message: /caf\ufffd\.txt: no such file, or its name is not UTF-8\. Rename it\./,
  })
  rmSync(folder('latin/fine.txt'))
  await assert.rejects(findFiles(folder('latin')), { message: /every file is hidden, empty or passed over/ })
})
