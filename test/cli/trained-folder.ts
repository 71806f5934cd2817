import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before } from 'node:test'
import { plantedText } from './planted-text.js'
import { temporaryFolder, wordloom } from './wordloom.js'

export const folder = temporaryFolder()

export const run = (...args: string[]) => wordloom(args, { cwd: folder })

export const size = ['--dimensions', '16', '--epochs', '4', '--learning-rate', '0.05', '--threads', '1']

export async function json(...args: string[]) {
  const { code, stdout, stderr } = await run(...args, '--json')
  assert.equal(code, 0, stderr)
  assert.equal(stdout.trimEnd().split('\n').length, 1, 'JSON on one line')
  return JSON.parse(stdout)
}

export const trained = { facts: undefined as Record<string, unknown> | undefined, stderr: '' }

before(async () => {
  writeFileSync(join(folder, 'text.txt'), plantedText(6000))
  const files = ['-o', 'v.safetensors', '--save-vocabulary', 'words.txt', '--map', 'map.html']
  const { stdout, stderr } = await run('train', 'text.txt', ...files, ...size, '--json')
  trained.facts = JSON.parse(stdout)
  trained.stderr = stderr
})
