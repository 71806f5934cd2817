import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  assignmentChecks,
  DRAWN_WORDS,
  drawWordMap,
  NumpyRandom,
  PythonRandom,
  readCheckpoint,
  readTreebank,
  TreebankRun,
  wordPlane,
  writeCheckpoint,
} from 'wordloom/assignment'
import { temporaryFolder } from '../cli/wordloom.js'
import { sentencesText, smallSentences } from './small-treebank.js'

const folder = temporaryFolder()

test('wordloom/assignment has the checks and both generators', () => {
  assert.ok(assignmentChecks().printed.every(window => window.passed))
  // random.seed(0); random.random() and numpy.random.seed(0); numpy.random.rand()
  assert.equal(new PythonRandom(0).random(), 0.8444218515250481)
  assert.equal(new NumpyRandom(0).rand(1)[0], 0.5488135039273248)
})

test('a program of its own can train, stop, go on and draw', async () => {
  const [sentences, checkpoint] = ['datasetSentences.txt', 'run'].map(name => join(folder, name))
  writeFileSync(sentences!, sentencesText(smallSentences()))
  const treebank = await readTreebank(sentences!)
  const run = new TreebankRun(treebank)
  while (run.iteration < 15) run.advance()
  await writeCheckpoint(checkpoint!, run.state())
  const resumed = TreebankRun.resume(treebank, await readCheckpoint(checkpoint!))
  for (const each of [run, resumed]) while (each.iteration < 30) each.advance()
  assert.equal(resumed.smoothedLoss, run.smoothedLoss)
  assert.deepEqual(wordPlane(resumed), wordPlane(run))
  assert.equal(wordPlane(run).words.length, Object.values(DRAWN_WORDS).flat().length)
  assert.match(drawWordMap(run), /30 iterations over 200 sentences/)
})
