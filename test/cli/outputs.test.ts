import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { load } from 'wordloom'
import { shell, temporaryFolder, wordloom } from './wordloom.js'

const folder = temporaryFolder()
const file = (name: string) => join(folder, name)
const here = { cwd: folder }
const onWindows = process.platform === 'win32' && 'Windows has no such files'
const vectors = '2 2\ncat 0.5 1\ndog 1 2\n'

before(() => {
  writeFileSync(file('v.vec'), vectors)
})

test('a link is followed, also to a file that is not there yet; one that leads nowhere is refused', {
  skip: onWindows,
}, async () => {
  mkdirSync(file('sub'))
  const links = {
    dangling: 'sub/real.vec',
    again: 'dangling',
    lost: 'absent/real.vec',
    one: 'two',
    two: 'one',
  }
  for (const [name, target] of Object.entries(links)) symlinkSync(target, file(name))
  const convert = (output: string) => wordloom(['convert', 'v.vec', output, '--to', 'word2vec-text'], here)
  for (const name of ['dangling', 'again']) {
    const { code, stderr } = await convert(name)
    assert.equal(code, 0, stderr)
    assert.equal(readFileSync(file('sub/real.vec'), 'utf8'), vectors)
    assert.equal(readlinkSync(file(name)), links[name as keyof typeof links])
  }
  const refused: [string, RegExp][] = [
    ['lost', /lost: it is a link to .*absent\/real\.vec, and the folder .*absent does not exist/],
    ['one', /one: this is a link that leads back to itself/],
    ['sub', /sub: this is a folder\. Give a file name/],
  ]
  for (const [name, says] of refused) {
    const { code, stderr } = await convert(name)
    assert.equal(code, 74)
    assert.match(stderr, says)
  }
  assert.deepEqual(readdirSync(file('sub')), ['real.vec'])
})

test('a folder as output is refused before the work begins', async () => {
  mkdirSync(file('folder.vec'))
  const { code, stderr } = await wordloom(['train', 'absent.txt', '-o', 'folder.vec'], here)
  assert.equal(code, 74)
  assert.match(stderr, /folder\.vec: this is a folder/)
})

test('pipes, devices and links to standard output are written into and stay what they are', {
  skip: onWindows,
}, async () => {
  execFileSync('mkfifo', ['pipe'], here)
  symlinkSync('/proc/self/fd/1', file('stdout'))
  const fromPipe = await shell('timeout 20 cat pipe > got & wordloom convert v.vec pipe; wait', folder)
  assert.equal(fromPipe.code, 0, fromPipe.stderr)
  assert.equal(readFileSync(file('got'), 'utf8'), vectors)
  assert.ok(lstatSync(file('pipe')).isFIFO())
  if (process.platform !== 'linux') return
  for (const to of ['| cat', '> plain; cat plain', '>> plain2; cat plain2']) {
    const { code, stdout, stderr } = await shell(`wordloom convert v.vec stdout ${to}`, folder)
    assert.equal(code, 0, stderr)
    assert.equal(stdout, vectors)
    assert.match(stderr, /^2 words × 2 dimensions → stdout \(word2vec-text\)\n$/)
  }
  const seventh = await shell('exec 7>seven; echo first >&7; wordloom convert v.vec /dev/fd/7', folder)
  assert.equal(seventh.code, 0, seventh.stderr)
  assert.equal(readFileSync(file('seven'), 'utf8'), `first\n${vectors}`)
  assert.ok(lstatSync(file('stdout')).isSymbolicLink())
})

test('an output that is there keeps its permissions, and is for its owner alone while it is written', {
  skip: onWindows,
}, async () => {
  for (const [i, mode] of [0o600, 0o640, 0o664, 0o400].entries()) {
    const name = `mode-${i}.npy`
    for (const beside of [name, `mode-${i}.words.txt`]) {
      writeFileSync(file(beside), '')
      chmodSync(file(beside), mode)
    }
    assert.equal((await wordloom(['convert', 'v.vec', name], here)).code, 0)
    for (const beside of [name, `mode-${i}.words.txt`])
      assert.equal(statSync(file(beside)).mode & 0o777, mode, beside)
    assert.equal((await load(file(name))).size, 2)
  }
})
