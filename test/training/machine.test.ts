import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nodeAt } from '../threads/node-at.js'

test('an inspector that does not answer neither holds training up nor ends the process', async () => {
  const program = `
    import { Session } from 'node:inspector'
    Session.prototype.post = () => {}
    const { freeMemory } = await import(${JSON.stringify(import.meta.resolve('#training/machine.node'))})
    await freeMemory()
    console.log('went on')`
  const ending = await nodeAt(['--input-type=module', '--eval', program])
  assert.deepEqual(ending, { code: 0, stdout: 'went on\n', stderr: '' })
})
