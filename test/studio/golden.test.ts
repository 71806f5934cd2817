import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { denseRows } from 'wordloom/equations'
import { readTestVectors, type TestCase } from 'wordloom/solution'
import { withoutChromium } from '../browser/chromium.js'
import { a, b, c, d, e, inputVectors, outputVectors } from '../equations/assignment.js'
import { assertClose, assertRowsClose } from '../equations/closeness.js'
import { choose, heatRow, heatRows, numberAt, numbersAt, openFile, openPage } from './open-page.js'

const golden = fileURLToPath(new URL('../../../../shared/golden/equations.json', import.meta.url))
const withoutGolden = existsSync(golden) ? withoutChromium : `${golden} is not there`

/** The published check of CS224n's assignment, as docs/assignment.md prints it. */
const published = {
  cases: [
    {
      name: 'skipgram("c", 3, [a, b, e, d, b, c])',
      center: c,
      outside: [a, b, e, d, b, c],
      V: inputVectors,
      U: outputVectors,
      naiveSoftmax: { loss: 11.16610900153398 },
    },
    {
      name: 'skipgram("c", 1, [a, b])',
      center: c,
      outside: [a, b],
      negatives: [
        [3, 2, 2, 4, 1, 3, 1, 3, 1, 1],
        [2, 4, 0, 0, 0, 0, 4, 4, 2, 4],
      ],
      V: inputVectors,
      U: outputVectors,
      negativeSampling: { loss: 16.15119285363322 },
    },
  ],
}

test('the page shows the published numbers of the assignment', { skip: withoutChromium }, async () => {
  const { page, complaints } = await openPage()
  await openFile(page, 'published.json', new TextEncoder().encode(JSON.stringify(published)))
  await page.waitForSelector('#case')
  await choose(page, 'neighbour-window')
  assertClose(await numberAt(page, '#loss-value'), 11.16610900153398, 1e-12)
  assert.equal(await page.textContent('#loss-value'), '11.1661')
  assertRowsClose(
    [await heatRow(page, 'center-gradient', 'sum'), await heatRow(page, 'output-gradient', d)],
    [
      [-1.26947339, -1.36873189, 2.45158957],
      [0.09472154, -0.04346509, -0.33062865],
    ],
    1e-8,
  )
  await page.selectOption('#case', '1')
  await choose(page, 'objective-negative-sampling')
  await choose(page, 'neighbour-window')
  assertClose(await numberAt(page, '#loss-value'), 16.15119285363322, 1e-12)
  assertRowsClose(
    [await heatRow(page, 'center-gradient', 'sum'), await heatRow(page, 'output-gradient', e)],
    [
      [-4.54650789, -1.85942252, 0.76397441],
      [-0.80620296, 0.36994417, 2.81407799],
    ],
    1e-8,
  )
  assert.deepEqual(complaints, [])
})

test('the page shows the golden test vectors, every number of them', {
  skip: withoutGolden,
  timeout: 240_000,
}, async () => {
  const content = readFileSync(golden)
  const { cases } = readTestVectors(JSON.parse(content.toString('utf8')))
  const { page, complaints } = await openPage()
  await openFile(page, 'equations.json', content)
  await page.waitForSelector('#case')
  for (const [index, found] of cases.entries()) {
    await page.selectOption('#case', String(index))
    await choose(page, `convention-${index % 2 === 0 ? 'rows' : 'columns'}`)
    await assertNaiveSoftmax(page, found)
    await assertNegativeSampling(page, found)
  }
  assert.deepEqual(complaints, [])
})

async function assertNaiveSoftmax(page: Page, found: TestCase): Promise<void> {
  const expected = found.objectives.naiveSoftmax!
  await choose(page, 'objective-naive-softmax')
  await choose(page, 'neighbour-window')
  await assertGradients(page, found, expected.loss!, expected.gradV!, expected.gradU!)
  await choose(page, 'neighbour-0')
  const probabilities = await numbersAt(page, '#guesses tbody td.number:nth-of-type(2)')
  assertRowsClose([probabilities], [expected.yHat!], 1e-12)
}

async function assertNegativeSampling(page: Page, found: TestCase): Promise<void> {
  const expected = found.objectives.negativeSampling!
  await choose(page, 'objective-negative-sampling')
  await choose(page, 'neighbour-window')
  await assertGradients(page, found, expected.loss!, expected.gradV!, expected.gradU!)
}

async function assertGradients(
  page: Page,
  { name, V, center }: TestCase,
  loss: number,
  gradV: ReadonlyMap<number, Float64Array>,
  gradU: ReadonlyMap<number, Float64Array>,
): Promise<void> {
  const [words, dimensions] = [V.length, V[0]!.length]
  assertClose(await numberAt(page, '#loss-value'), loss, 1e-12)
  assertRowsClose([await heatRow(page, 'center-gradient', 'sum')], [gradV.get(center)!], 1e-10)
  const shown = await heatRows(page, 'output-gradient', words, dimensions)
  assert.equal(shown.length, words, name)
  assertRowsClose(shown, denseRows(gradU, words, dimensions), 1e-10)
}
