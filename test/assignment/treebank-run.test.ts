import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { BatchSource } from '#assignment/batch'
import { BatchGradient } from '#assignment/batch-gradient'
import { readCheckpoint, writeCheckpoint } from '#assignment/checkpoint'
import { PythonRandom } from '#assignment/python-random'
import { readTreebank, treebankOf } from '#assignment/treebank'
import { TreebankRun } from '#assignment/treebank-run'
import { assertClose, assertRowsClose } from '../equations/closeness.js'
import { realTreebank, whyNot } from './real-treebank.js'
import { smallSentences, smallTreebank } from './small-treebank.js'

const folder = mkdtempSync(join(tmpdir(), 'wordloom-run-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function advance(run: TreebankRun, iterations: number): TreebankRun {
  while (run.iteration < iterations) run.advance()
  return run
}

async function saved(run: TreebankRun, name: string): Promise<string> {
  const path = join(folder, name)
  await writeCheckpoint(path, run.state())
  return path
}

test('the first 200 iterations on the treebank have the known losses, with repeats kept and lost', async t => {
  if (!existsSync(realTreebank)) return t.skip(whyNot)
  const treebank = await readTreebank(realTreebank)
  const lossesAt = (iterations: number[], loseRepeats: boolean) => {
    const run = new TreebankRun(treebank, loseRepeats)
    return iterations.map(iteration => advance(run, iteration).smoothedLoss?.toFixed(6))
  }
  // Recorded from a run that went on to 9.812206 at iteration 40,000.
  const kept = ['19.061546', '19.559119', '19.847231', '20.248652', '20.735856']
  assert.deepEqual(lossesAt([10, 50, 100, 150, 200], false), kept)
  // Recorded from a run that went on to 9.810854.
  assert.deepEqual(lossesAt([10, 100, 200], true), ['19.061543', '19.847229', '20.735858'])
})

test('on zero output vectors every outside word costs (K + 1)·ln 2', () => {
  const treebank = smallTreebank()
  const { vectors } = new TreebankRun(treebank)
  assert.ok(vectors.outputVectors.every(x => x === 0))
  assert.ok(vectors.inputVectors.every(x => x !== 0 && Math.abs(x) <= 0.05))
  const source = new BatchSource(treebank, new PythonRandom(1))
  source.draw()
  const { batch } = source
  const outsides = batch.ends[batch.ends.length - 1]
  const loss = new BatchGradient(vectors, false).add(batch)
  assertClose(loss, (outsides / batch.centers.length) * 11 * Math.LN2, 1e-12)
})

test('the smoothed loss begins at iteration 10 and is looked at every ten', () => {
  const run = new TreebankRun(smallTreebank())
  assert.equal(advance(run, 9).smoothedLoss, undefined)
  const first = advance(run, 10).smoothedLoss!
  assert.ok(first > 0)
  assert.equal(advance(run, 19).smoothedLoss, first)
  assert.notEqual(advance(run, 20).smoothedLoss, first)
})

test('a run that is stopped and resumed ends in the same bytes as one that is not', async () => {
  for (const [loseRepeats, stops] of [
    [false, [1, 10, 123]],
    [true, [57]],
  ] as const) {
    const whole = await saved(advance(new TreebankRun(smallTreebank(), loseRepeats), 140), 'whole')
    for (const stop of stops) {
      const part = await saved(advance(new TreebankRun(smallTreebank(), loseRepeats), stop), 'part')
      // As in a process of its own: all that it knows is the file and the text.
      const resumed = TreebankRun.resume(smallTreebank(), await readCheckpoint(part))
      assert.equal(resumed.iteration, stop)
      const end = await saved(advance(resumed, 140), 'end')
      assert.ok(readFileSync(end).equals(readFileSync(whole)), `stopped at ${stop}`)
    }
  }
})

test('a run resumed after iteration 20,000 takes steps of half the size, no smaller', () => {
  const state = advance(new TreebankRun(smallTreebank()), 30).state()
  const movedFrom = (iteration: number) => {
    const run = TreebankRun.resume(smallTreebank(), { ...state, iteration })
    run.advance()
    return run.vectors.outputVectors.map((x, i) => x - state.outputVectors[i])
  }
  const whole = movedFrom(30)
  assert.ok(whole.some(x => x !== 0))
  for (const iteration of [20_000, 30_000, 39_999])
    assertRowsClose([movedFrom(iteration)], [whole.map(x => x / 2)], 1e-15)
})

test('a checkpoint is a safetensors file with both matrices in float64', async () => {
  const run = advance(new TreebankRun(smallTreebank()), 20)
  const bytes = readFileSync(await saved(run, 'tensors'))
  const length = Number(bytes.readBigUInt64LE(0))
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + length))
  assert.equal((8 + length) % 8, 0)
  assert.equal(header.__metadata__.iteration, '20')
  assertClose(Number(header.__metadata__.smoothed_loss), run.smoothedLoss!, 0)
  const { dtype, shape, data_offsets: offsets } = header.input_vectors
  assert.deepEqual([dtype, ...shape], ['F64', run.treebank.words.length, 10])
  assert.equal(bytes.readDoubleLE(8 + length + offsets[0]), run.vectors.inputVectors[0])
  assert.equal(bytes.length, 8 + length + header.random_state.data_offsets[1])
})

test('a damaged, foreign or cut file is no checkpoint', async () => {
  const path = await saved(advance(new TreebankRun(smallTreebank()), 10), 'damaged')
  const bytes = readFileSync(path)
  const broken = [
    Buffer.alloc(0),
    Buffer.from('sentence_index\tsentence\n'),
    bytes.subarray(0, bytes.length - 1),
    bytes.subarray(0, 100),
    Buffer.concat([bytes.subarray(0, -1), Buffer.of(1)]),
    Buffer.from(bytes.toString('latin1').replace('assignment-1', 'assignment-9'), 'latin1'),
    Buffer.from(bytes.toString('latin1').replace('"iteration":"10"', '"iteration":"-1"'), 'latin1'),
    Buffer.from(bytes.toString('latin1').replace('random_state', 'random_stale'), 'latin1'),
  ]
  for (const content of broken) {
    writeFileSync(path, content)
    await assert.rejects(() => readCheckpoint(path), { code: 'bad-data', message: /not a whole checkpoint/ })
  }
})

test('a checkpoint goes on with its own treebank only', () => {
  const state = advance(new TreebankRun(smallTreebank()), 10).state()
  const other = treebankOf(smallSentences().reverse())
  assert.throws(() => TreebankRun.resume(other, state), { code: 'bad-data', message: /another treebank/ })
  const short = { ...state, inputVectors: state.inputVectors.slice(10) }
  assert.throws(() => TreebankRun.resume(smallTreebank(), short), { code: 'bad-data' })
})
