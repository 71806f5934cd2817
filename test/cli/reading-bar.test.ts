import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { hasScript, inTerminal, NO_SCRIPT } from './in-terminal.js'
import { temporaryFolder } from './wordloom.js'

const folder = temporaryFolder()

test('a terminal shows how far a file is read that takes long, unless a program reads the answer', async t => {
  if (!hasScript()) return t.skip(NO_SCRIPT)
  writeFileSync(join(folder, 'quick.vec'), '1 2\nking 1 0\n')
  // a row each 100 ms, for 2 s
  const rows =
    'let n = 0; const t = setInterval(() => n < 20 ? console.log("w" + n++, 1, 2) : clearInterval(t), 100)'
  const slow = [process.execPath, '-e', rows]
  const [shown, json, quick] = await Promise.all([
    inTerminal(folder, ['info', '-'], '', slow),
    inTerminal(folder, ['info', '-', '--json'], '', slow),
    inTerminal(folder, ['info', 'quick.vec'], ''),
  ])
  assert.match(shown, /reading {2}[\d.]+ (bytes|KB|MB)/)
  assert.match(shown, /words +20\n/)
  assert.ok(shown.endsWith('none\n'), 'the bar is gone')
  for (const output of [json, quick]) assert.ok(!output.includes('reading'))
})
