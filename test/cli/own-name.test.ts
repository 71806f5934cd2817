import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { test } from 'node:test'
import { ownName } from '#cli/terminal/own-name'

test('what to type next begins with npx unless the shell finds wordloom', context => {
  const folder = mkdtempSync(join(tmpdir(), 'wordloom-path-'))
  const { PATH } = process.env
  context.after(() => {
    process.env.PATH = PATH
    rmSync(folder, { recursive: true })
  })
  const nameWith = (...folders: string[]) => {
    process.env.PATH = folders.join(delimiter)
    return ownName()
  }
  const ofNpm = join(folder, 'node_modules', '.bin')
  mkdirSync(ofNpm, { recursive: true })
  writeFileSync(join(ofNpm, 'wordloom'), '', { mode: 0o755 })
  writeFileSync(join(folder, 'wordloom'), '', { mode: 0o644 })
  assert.equal(nameWith('', folder, ofNpm, join(folder, 'nowhere')), 'npx wordloom')
  rmSync(join(folder, 'wordloom'))
  writeFileSync(join(folder, 'wordloom'), '', { mode: 0o755 })
  assert.equal(nameWith('/nowhere', folder), 'wordloom')
})
