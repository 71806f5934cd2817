import assert from 'node:assert/strict'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { example, folder, root, run } from './readme-examples.js'

test('the examples run, and say what they promise', async () => {
  assert.match((await example('train.js', 'corpus.txt', 'out.safetensors')).stdout, /nats a pair\n\d+ words/)
  const asked = await run(process.execPath, [
    join(root, 'examples/neighbours.js'),
    join(folder, 'out.safetensors'),
    'king',
    'queen',
    'lunch',
  ])
  assert.match(asked.stdout, /king: .*\nqueen: .*\nlunch: .*\nthe odd one out is \w+/)
  assert.match((await example('convert.js', 'out.safetensors', 'out.bin')).stdout, /words of 50 numbers/)
  assert.match((await example('gradient.js')).stdout, /central differences agree to \d\.\de-\d\d/)
  const { stdout } = await example('sessions.js')
  assert.match(stdout, /teapot: (kettle|mug|spoon), (kettle|mug|spoon), (kettle|mug|spoon)/)
})

test('links of a real graph are found better by vectors than by common neighbours', async t => {
  const data = join(root, '../shared/data/sequences')
  const isThere = await stat(data).catch(() => undefined)
  if (!isThere) return t.skip('there is no ../shared/data/sequences')
  const onData = async (name: string, ...files: string[]) => {
    const paths = files.map(file => join(data, file))
    return (await run(process.execPath, [join(root, 'examples', name), ...paths])).stdout
  }
  const links = await onData('links.js', 'graphs/cora_edgelist.txt')
  const areas = [...links.matchAll(/: (0\.\d+)/g)].map(match => Number(match[1]))
  assert.ok(areas[1]! > areas[0]! && areas[1]! > 0.85, links)
})
