import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { plantedText } from './planted-text.js'
import { program, shell, temporaryFolder, wordloom } from './wordloom.js'

const folder = temporaryFolder()
writeFileSync(join(folder, 'text.txt'), plantedText(20_000))
writeFileSync(join(folder, 'v.txt'), '3 2\ncat 1 0\ndog 0 1\ncow 1 1\n')
const onWindows = process.platform === 'win32' && 'Windows has no such signals and devices'

test('Ctrl-C while training ends it in order: a checkpoint, how to go on, exit 130', {
  skip: onWindows,
}, async () => {
  const args = ['train', 'text.txt', '-o', 'stopped.bin', '--epochs', '100000']
  const child = spawn(process.execPath, [program, ...args], { cwd: folder })
  let stderr = ''
  const trains = new Promise<void>(resolve => {
    child.stderr.setEncoding('utf8').on('data', text => {
      stderr += text
      if (stderr.includes('words of text')) resolve()
    })
  })
  await trains
  child.kill('SIGINT')
  const [code] = await once(child, 'close')
  assert.equal(code, 130)
  assert.match(stderr, /\nwordloom: stopped; go on with: (?:npx )?wordloom train text.txt .* --resume\n$/)
  assert.deepEqual(
    readdirSync(folder).filter(name => name.includes('stopped')),
    ['stopped.bin.checkpoint.1'],
  )
  rmSync(join(folder, 'stopped.bin.checkpoint.1'))
})

test('Ctrl-C while waiting for standard input ends at once', { skip: onWindows }, async () => {
  const child = spawn(process.execPath, [program, 'train', '-', '-o', 'stopped.bin'], { cwd: folder })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr += text
  })
  // More than a pipe holds: once it is written, the program is reading.
  await new Promise(resolve => child.stdin.write('some words\n'.repeat(100_000), resolve))
  child.kill('SIGINT')
  const [code] = await once(child, 'close')
  assert.deepEqual([code, stderr], [130, 'wordloom: stopped; nothing was saved\n'])
})

test('a reader that leaves early is no failure', { skip: onWindows }, async () => {
  const { stdout, stderr } = await shell(
    'set -o pipefail; wordloom nearest v.txt cat dog cow | head -1; echo $?',
    folder,
  )
  assert.deepEqual([stdout, stderr], ['cat\n0\n', ''])
})

test('a full disk under standard output is one', {
  skip: !existsSync('/dev/full') && 'there is no /dev/full here',
}, async () => {
  const { code, stderr } = await shell('wordloom nearest v.txt cat > /dev/full', folder)
  assert.equal(code, 74)
  assert.match(stderr, /^wordloom: the result could not be written to standard output \(ENOSPC\)\n$/)
})

test('a file over the allowed size is not left behind', { skip: onWindows }, async () => {
  const { code, stderr } = await shell(
    'ulimit -f 8; wordloom train text.txt -q -o large.txt --dimensions 200',
    folder,
  )
  assert.equal(code, 74)
  assert.match(stderr, /^wordloom: Cannot write large\.txt: /)
  assert.deepEqual(
    readdirSync(folder).filter(name => name.includes('large')),
    [],
  )
})

test('on a full disk training ends with a sentence, and the file of before still stands', async t => {
  const disk = join(folder, 'disk')
  mkdirSync(disk)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { stdio: 'ignore' })
  } catch {
    return t.skip('mounting a small disk is not permitted here')
  }
  t.after(() => execFileSync('umount', [disk]))
  writeFileSync(join(disk, 'v.safetensors'), 'of before')
  const args = ['train', 'text.txt', '-q', '-o', 'disk/v.safetensors', '--dimensions', '1000']
  const { code, stderr } = await wordloom(args, { cwd: folder })
  assert.equal(code, 74)
  assert.match(stderr, /v\.safetensors: the disk is full.* Free some space/)
  assert.deepEqual(readdirSync(disk), ['v.safetensors'])
})

test('the demo learns from the packages at hand, shows words and says what to try', async () => {
  const home = join(folder, 'project')
  mkdirSync(join(home, 'node_modules', 'animals'), { recursive: true })
  const subjects = ['file', 'string', 'promise', 'error']
  const ends = ['is returned', 'was not found', 'has been changed', 'will be read again']
  const sentences = Array.from(
    { length: 400 },
    (_, i) =>
      `When the ${subjects[i % 4]} of call ${i} ${ends[(i >> 2) % 4]}, the ${subjects[(i >> 4) % 4]} is used before it is ${['true', 'left', 'closed'][i % 3]}.`,
  )
  writeFileSync(
    join(home, 'node_modules', 'animals', 'README.md'),
    `# Animals\n\n${sentences.join('\n\n')}\n`,
  )
  const { code, stdout, stderr } = await wordloom(['train', '--demo', '--epochs', '3'], { cwd: home })
  assert.equal(code, 0, stderr)
  assert.match(stdout, /^learned \d+ words × \d+ dimensions in /)
  assert.match(stdout, /\nword +its nearest words\n/)
  assert.match(stdout, /\npromise {2}\w+, \w+, /)
  assert.match(stdout, /\nTry next:\n {2}(npx )?wordloom nearest demo\.safetensors /)
  for (const name of ['demo.safetensors', 'demo.html']) assert.ok(existsSync(join(home, name)), name)
})
