import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verbs } from './verbs.js'
import { wordloom } from './wordloom.js'

function widest(text: string): number {
  return Math.max(...text.split('\n').map(line => line.length))
}

test('every verb has help with examples, in 80 columns and without colour in a pipe', async () => {
  const commands = [
    [],
    ...(await verbs()).map(verb => [verb]),
    ['equations', 'check'],
    ['equations', 'statements'],
  ]
  const helps = await Promise.all(commands.map(command => wordloom([...command, '--help'])))
  for (const [i, { code, stdout, stderr }] of helps.entries()) {
    const name = ['wordloom', ...commands[i]!].join(' ')
    assert.equal(code, 0)
    assert.equal(stderr, '')
    assert.ok(stdout.includes(`Usage: ${name} `), stdout)
    assert.match(stdout, /\nExamples:\n +(\w+ .*\| )?wordloom /)
    assert.ok(widest(stdout) <= 80, `${name}: ${widest(stdout)} columns`)
    assert.ok(!stdout.includes('\x1b'), 'colour in a pipe')
  }
})
