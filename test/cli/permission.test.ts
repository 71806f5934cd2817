import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { nodeAt } from '../threads/node-at.js'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'wordloom-permission-'))
after(() => rmSync(folder, { recursive: true }))
const [text, out] = [join(folder, 'text.txt'), join(folder, 'out')]
mkdirSync(out)
writeFileSync(text, 'alpha beta gamma delta alpha beta\n'.repeat(50))

const PERMISSION = process.allowedNodeEnvironmentFlags.has('--permission')
  ? '--permission'
  : '--experimental-permission'
const READ_CODE = `--allow-fs-read=${root}*`
const READ = '--allow-fs-read=*'
const WRITE = '--allow-fs-write=*'

/** Trains with the rights that Node is given. */
async function trainWith(...rights: string[]) {
  const main = join(root, 'dist/cli/main.js')
  const output = join(out, 'vectors.safetensors')
  const args = [
    'train',
    text,
    '-o',
    output,
    '--dimensions',
    '4',
    '--threads',
    '1',
    '--epochs',
    '700', // or it would be said that nothing is learned
    '--quiet',
    '--no-checkpoint',
  ]
  return nodeAt(['--no-warnings', PERMISSION, ...rights, main, ...args])
}

test('what Node was not given the right to is said, with the flag and the code of any other refusal', async () => {
  const cases: [string[], number, RegExp][] = [
    [
      [READ_CODE, `--allow-fs-read=${folder}/*`, '--allow-worker'],
      74,
      /^wordloom: Cannot write .*: Node was started without the right to write it\. Add --allow-fs-write\.\n$/,
    ],
    [
      [READ_CODE, `--allow-fs-read=${out}*`, WRITE, '--allow-worker'],
      66,
      /^wordloom: Cannot open .*text\.txt: Node was started without the right to read it\. Add --allow-fs-read\.\n$/,
    ],
    [
      [READ, WRITE],
      71,
      /^wordloom: Cannot start training thread 1: Node was started without the right to start threads\. Add --allow-worker\.\n$/,
    ],
  ]
  for (const [rights, code, says] of cases) {
    const ending = await trainWith(...rights)
    assert.match(ending.stderr, says)
    assert.equal(ending.code, code, ending.stderr)
  }
})

test('training needs no right to the inspector', async () => {
  assert.deepEqual(await trainWith(READ, WRITE, '--allow-worker'), { code: 0, stdout: '', stderr: '' })
})

test('a studio that may not be written anywhere says so with the flag', async () => {
  const main = join(root, 'dist/cli/main.js')
  const line = ['studio', '--out', join(out, 'studio')]
  const { code, stderr } = await nodeAt(['--no-warnings', PERMISSION, READ, '--allow-worker', main, ...line])
  assert.equal(code, 74)
  assert.match(
    stderr,
    /^wordloom: Cannot write .*: Node was started without the right to write it\. Add --allow-fs-write\.\n$/,
  )
})

test('Node without memory that threads share trains on one thread, and says what it cannot keep', async t => {
  const { code: known } = await nodeAt(['--no-harmony-sharedarraybuffer', '--version'])
  if (known === 9) return t.skip('this Node has no such option')
  const main = join(root, 'dist/cli/main.js')
  const line = ['train', text, '-o', join(out, 'alone.safetensors'), '--dimensions', '4', '--quiet']
  const flags = ['--no-harmony-sharedarraybuffer', main, ...line]
  const kept = await nodeAt(flags)
  assert.equal(kept.code, 64)
  assert.match(
    kept.stderr,
    /^wordloom: Cannot train with checkpoints.*: Node was started without memory that threads share \(--no-harmony-sharedarraybuffer\); expected threads that share memory\. Start Node without that option\.\n$/,
  )
  assert.equal((await nodeAt([...flags, '--no-checkpoint'])).code, 0)
})
