import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { Random } from '#math/random'
import {
  blocks,
  digestOf,
  filesOf,
  onWindows,
  pause,
  scratchFolder,
  train,
  trainer,
  windows,
  writeText,
} from './training-child.js'

/** How many processes are killed in all: `FAULT_KILLS=2000` for a night. */
const KILLS = Number(process.env.FAULT_KILLS ?? 200)
const SEED = Number(process.env.FAULT_SEED ?? 1)

const folder = scratchFolder()
const text = writeText(folder)

/** Every way to train that promises the same bytes, and its share of the kills. */
const ways = [
  { name: 'blocks', args: [...blocks, '--threads', '2'], again: ['--threads', '1'], share: 0.4 },
  {
    name: 'blocks-held-out',
    args: [...blocks, '--epochs', '8', '--held-out', '0.05', '--patience', '7'],
    again: [],
    share: 0.3,
  },
  { name: 'windows', args: windows, again: [], share: 0.3 },
]

for (const [index, { name, args, again, share }] of ways.entries()) {
  const kills = Math.max(1, Math.round(KILLS * share))
  test(`A1 ${name}: killed at ${kills} random instants and resumed, training gives the bytes of a run that was not`, {
    skip: onWindows,
    timeout: 1_200_000 + kills * 5000,
  }, async t => {
    const start = performance.now()
    await whole(`${name}-whole.safetensors`, args)
    const duration = performance.now() - start
    const expected = digestOf(join(folder, `${name}-whole.safetensors`))
    const random = new Random(SEED, index)
    const output = `${name}.safetensors`
    const attempt = [text, '-o', output, ...args, '--checkpoint-every', '60ms', '--resume']
    let killed = 0
    let runs = 0
    let resumed = 0
    while (killed < kills) {
      const other = random.uniform() < 0.5 ? again : []
      const { child, ended } = trainer(folder, [...attempt, ...other])
      child.stdin!.end()
      const instant = pause(random.uniform() * duration).then(() => child.kill('SIGKILL'))
      const { code, signal, stderr } = await ended
      if (stderr.includes('going on from')) resumed++
      await instant
      if (signal === 'SIGKILL') killed++
      else {
        assert.equal(code, 0, stderr)
        assert.equal(digestOf(join(folder, output)), expected, `run ${runs}, after ${killed} kills`)
        assert.deepEqual(filesOf(folder, output), [output])
        runs++
      }
    }
    const { code, stderr } = await train(folder, attempt)
    assert.equal(code, 0, stderr)
    assert.equal(digestOf(join(folder, output)), expected)
    assert.ok(resumed > killed / 10, `${resumed} of ${killed} were resumed`)
    t.diagnostic(
      `${killed} kills, ${resumed} resumed, ${runs + 1} runs to the end, one takes ${Math.round(duration)} ms`,
    )
  })
}

async function whole(output: string, args: readonly string[]): Promise<void> {
  const { code, stderr } = await train(folder, [text, '-o', output, ...args, '--no-checkpoint'])
  assert.equal(code, 0, stderr)
}
