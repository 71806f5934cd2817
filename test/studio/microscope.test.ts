import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { naiveSoftmax, negativeSampling, type SampledPair, sgdStep } from 'wordloom/equations'
import { read } from 'wordloom/formats'
import { differenceOf, statements } from 'wordloom/solution'
import { withoutChromium } from '../browser/chromium.js'
import { assertClose, assertRowsClose } from '../equations/closeness.js'
import { plantedVectors } from '../search/planted-vectors.js'
import { choose, heatRow, heatRows, numberAt, numbersAt, openFile, openPage } from './open-page.js'

const chromiumOnly = { skip: withoutChromium }
const sentence = ['you', 'shall', 'know', 'a', 'word', 'by', 'the', 'company', 'it', 'keeps']
const [company, keeps] = [7, 9]

/** The guess that the page shows, read off its matrices and its list of noise words. */
async function pairOn(page: Page, outside: number): Promise<SampledPair> {
  const drawn = await page.$$eval('.drawn li', items =>
    items.map(item => ({
      word: Number(item.querySelector('button')!.id.replace('repeat-', '')),
      count: Number(/× (\d+)/.exec(item.textContent!)?.[1] ?? 1),
    })),
  )
  return {
    centerVector: await heatRow(page, 'output-vectors', 'center'),
    outside,
    outputVectors: await heatRows(page, 'output-vectors', sentence.length, 5),
    negatives: drawn.flatMap(({ word, count }) => new Array<number>(count).fill(word)),
  }
}

test(
  'the first page is understood at once: one sentence, one guess, small numbers, no complaint',
  chromiumOnly,
  async () => {
    const { page, complaints, requests } = await openPage()
    assert.deepEqual(
      await page.$$eval('.sentence .choice', words => words.map(word => word.textContent)),
      sentence,
    )
    assert.equal(await page.textContent('.sentence .choice.center'), 'company')
    assert.equal(await page.textContent('.sentence .choice.answer'), 'keeps')
    const vectors = await numbersAt(page, '#output-vectors td.heat')
    assert.equal(vectors.length, 11 * 5)
    for (const number of vectors) assert.equal(number, Math.round(number * 100) / 100)
    assert.match((await page.title())!, /microscope/)
    assert.deepEqual(complaints, [])
    for (const url of requests) assert.match(url, /^(http:\/\/127\.0\.0\.1:|data:)/)
  },
)

test('under softmax every number is that of the equations', chromiumOnly, async () => {
  const { page } = await openPage()
  const pair = await pairOn(page, keeps)
  const { loss, probabilities, centerGradient, outputGradient } = naiveSoftmax(pair)
  assertClose(await numberAt(page, '#loss-value'), loss, 1e-15)
  assertRowsClose([await numbersAt(page, '#guesses tbody td.number:nth-of-type(2)')], [probabilities], 1e-15)
  const errors = probabilities.map((probability, w) => probability - (w === keeps ? 1 : 0))
  assertRowsClose([await numbersAt(page, '#guesses td.error')], [errors], 1e-15)
  assertRowsClose(await heatRows(page, 'output-gradient', 10, 5), outputGradient, 1e-15)
  assertRowsClose([await heatRow(page, 'center-gradient', 'sum')], [centerGradient], 1e-15)
})

test('under negative sampling too, and a noise word can be repeated', chromiumOnly, async () => {
  const { page } = await openPage()
  await choose(page, 'objective-negative-sampling')
  const first = await pairOn(page, keeps)
  assert.equal(first.negatives.length, 4)
  await page.click('[id^="repeat-"]')
  const pair = await pairOn(page, keeps)
  assert.equal(pair.negatives.length, 5)
  const { loss, centerGradient, outputGradient } = negativeSampling(pair)
  assertClose(await numberAt(page, '#loss-value'), loss, 1e-15)
  assert.ok(loss > negativeSampling(first).loss)
  assertRowsClose([await heatRow(page, 'center-gradient', 'sum')], [centerGradient], 1e-15)
  for (const [word, row] of outputGradient)
    assertRowsClose([await heatRow(page, 'output-gradient', word)], [row], 1e-15)
  const touched = await page.$$eval('#output-gradient td.heat', cells => cells.length)
  assert.equal(touched, outputGradient.size * 5)
})

test('both conventions show the same numbers, turned', chromiumOnly, async () => {
  const { page } = await openPage()
  const [rows, shape] = [
    await heatRows(page, 'output-gradient', 10, 5),
    () => page.$$eval('#output-gradient tbody tr', r => r.length),
  ]
  assert.equal(await shape(), 10)
  await choose(page, 'convention-columns')
  assert.equal(await shape(), 5 + 2) // dimensions, and a line of pulls and one of checks
  assert.deepEqual(await heatRows(page, 'output-gradient', 10, 5), rows)
  assert.match(await page.$eval('#center .formula', formula => formula.textContent!), /U\(/)
})

test(
  'a step moves both matrices against their gradients, and the new loss is announced',
  chromiumOnly,
  async () => {
    const { page } = await openPage()
    const { centerVector, outputVectors, outside } = await pairOn(page, keeps)
    const { centerGradient, outputGradient } = naiveSoftmax({ centerVector, outputVectors, outside })
    await page.click('#step')
    const after = await pairOn(page, keeps)
    assertRowsClose(
      [after.centerVector as number[]],
      sgdStep([centerVector], new Map([[0, centerGradient]]), 0.25),
      1e-15,
    )
    assertRowsClose(
      after.outputVectors as number[][],
      sgdStep(outputVectors, new Map(outputGradient.entries()), 0.25),
      1e-15,
    )
    const loss = naiveSoftmax(after).loss
    assertClose(await numberAt(page, '#loss-value'), loss, 1e-15)
    assert.match(
      (await page.textContent('#announcement'))!,
      new RegExp(`Step 1: .* to ${loss.toFixed(3)}\\.`),
    )
    assert.equal(await page.getAttribute('#announcement', 'aria-live'), 'polite')
    await page.click('#ten-steps')
    assert.ok((await numberAt(page, '#loss-value')) < loss)
    await page.click('#restart')
    assert.deepEqual((await pairOn(page, keeps)).outputVectors, outputVectors)
  },
)

test('each gradient can be checked by finite differences', chromiumOnly, async () => {
  const { page } = await openPage()
  await page.click(`#check-${company}`)
  assert.match((await page.textContent('#outputs .check'))!, /Calculus agrees.*5 numbers/)
  await page.click('#check-all')
  await page.click('#check-center')
  const verdicts = await page.$$eval('#output-gradient button, #check-center', found =>
    found.map(button => button.textContent!),
  )
  assert.equal(verdicts.length, 11)
  for (const verdict of verdicts) assert.match(verdict, /✓ \d\.\de−1\d|✓ 0\.0/)
})

test('every slip stands beside the right line, with the number that each gives', chromiumOnly, async () => {
  const { page } = await openPage()
  const wrong = statements.filter(({ verdict }) => verdict !== 'right')
  const shown = await page.$$eval('#slips input[type=radio]', inputs =>
    inputs.map(input => (input as HTMLInputElement).value),
  )
  assert.deepEqual(
    wrong.filter(({ id }) => !shown.includes(id)),
    [],
  )
  await choose(page, 'objective-negative-sampling')
  await page.click('#repeat-3')
  await choose(page, 'word-3')
  const { centerVector, outputVectors, negatives } = await pairOn(page, keeps)
  for (const id of ['1.3', '2.7', '3.14', '4.2', '5.10', '5.12', '5.13']) {
    await page.$eval(`[id="statement-${id}"]`, input => (input as HTMLInputElement).click())
    const statement = wrong.find(found => found.id === id)!
    const inputVectors = sentence.map((_, w) => (w === company ? centerVector : [0, 0, 0, 0, 0]))
    const [score] = await numbersAt(page, `#output-vectors tr[data-word="${keeps}"] td.extra`)
    const place = { sentence: [...sentence.keys()], position: company, reach: 2 }
    const example = {
      inputVectors,
      outputVectors,
      center: company,
      outside: keeps,
      other: 3,
      negatives: [...(negatives as number[])],
      x: score!,
      ...place,
    }
    const [letter, right] = [statement.computeAsWritten(example), statement.compute(example)]
    const numbers = (side: string) => numbersAt(page, `#slip-${side}-value`)
    assertRowsClose([await numbers('written')], [letter.flatMap(row => [...row])], 1e-12)
    assertRowsClose([await numbers('right')], [right.flatMap(row => [...row])], 1e-12)
    assert.ok(differenceOf(letter, right) > 1e-6)
  }
})

test('guesses can be walked through, to the end of the sentence and around', chromiumOnly, async () => {
  const { page } = await openPage()
  const guess = async () =>
    `${await page.textContent('.sentence .choice.center')} → ${await page.textContent('.sentence .choice.answer')}`
  await page.click('#next-guess')
  assert.equal(await guess(), 'it → the')
  await page.click('#previous-guess')
  assert.equal(await guess(), 'company → keeps')
  await choose(page, 'center-0')
  await page.click('#previous-guess')
  assert.equal(await guess(), 'keeps → it')
  await choose(page, 'neighbour-window')
  assert.match((await page.textContent('#announcement'))!, /Guessing company and it from keeps/)
  const parts = await numbersAt(page, '#center-gradient td.extra')
  assertClose(await numberAt(page, '#loss-value'), parts[0]! + parts[1]!, 1e-12)
})

test(
  'any sentence will do, also one of a single word or with signs that formulas reserve',
  chromiumOnly,
  async () => {
    const { page, complaints } = await openPage()
    for (const [text, words] of [
      ['Ein Wort_und 100 süße Katzen', ['ein', 'wort_und', '100', 'süße', 'katzen']],
      ['hello', ['hello']],
      ['猫 が 好き', ['猫', 'が', '好き']],
      ['???', sentence],
    ] as const) {
      await page.fill('#sentence', text)
      await page.click('#use-sentence')
      const shown = await page.$$eval('.sentence .choice', found => found.map(word => word.textContent))
      if (text === '???') assert.match((await page.textContent('#source-failure'))!, /no words/)
      else assert.deepEqual(shown, words)
      await choose(page, 'objective-negative-sampling')
      await page.click('#step')
      await page.click('#check-all')
      await choose(page, 'objective-naive-softmax')
      assert.equal(await page.$('.katex-error'), null)
    }
    assert.deepEqual(complaints, [])
  },
)

/** Ids of sections whose cells at the end of a row are not wholly within the box of their table. */
function cutSections(page: Page): Promise<string[]> {
  return page.$$eval('.scrolling:has(.heat-map.rows .last)', boxes =>
    boxes
      .filter(box => {
        const { left, right } = box.getBoundingClientRect()
        return [...box.querySelectorAll('.last > *')].some(part => {
          const at = part.getBoundingClientRect()
          return at.width > 0 && (at.left < left || at.right > right + 1)
        })
      })
      .map(box => box.id),
  )
}

for (const width of [1280, 820, 390])
  test(
    `scores and checks are in sight in a window of ${width} pixels, also with vectors of 300 dimensions`,
    chromiumOnly,
    async () => {
      const viewport = { width, height: 900 }
      const { page } = await openPage({ viewport })
      for (const id of ['ten-steps', 'ten-steps', 'ten-steps', 'step', 'check-all'])
        await page.$eval(`#${id}`, button => (button as HTMLButtonElement).click())
      assert.deepEqual(await cutSections(page), [])
      const { page: large } = await openPage({ viewport }, plantedVectors(30, 300))
      await large.waitForFunction(
        () => document.querySelectorAll('#output-vectors .dimension').length === 300,
      )
      assert.ok((await large.$$('#output-vectors .last data')).length > 10)
      assert.deepEqual(await cutSections(large), [])
    },
  )

test('a step that hardly changes the loss is told with as many digits as show it', chromiumOnly, async () => {
  const { page } = await openPage()
  for (let i = 0; i < 6; i++) await page.click('#ten-steps')
  await page.click('#step')
  const loss = await page.textContent('.learning-bar .now b')
  assert.doesNotMatch((await page.textContent('.learning-bar .was'))!, new RegExp(`was ${loss},`))
})

test('a file that cannot be read is named, with what is wrong', chromiumOnly, async () => {
  const { page } = await openPage()
  for (const [name, content, expected] of [
    ['values.json', '{"cases": []}', /cases.*expected/],
    ['broken.json', '{', /no JSON/],
    ['zeros.bin', '\0\0\0\0', /zeros\.bin/],
    ['empty.txt', '', /empty\.txt: the file is empty/],
  ] as const) {
    await openFile(page, name, new TextEncoder().encode(content))
    await page.waitForFunction(
      source => new RegExp(source).test(document.querySelector('#source-failure')?.textContent ?? ''),
      expected.source,
    )
  }
  await page.click('#step')
  assert.ok((await numberAt(page, '#loss-value')) > 0)
})

test(
  'vectors that were served with the page, or picked in it, are under the microscope',
  chromiumOnly,
  async () => {
    const words = ['you', 'know', 'word', 'by', 'the', 'company', 'keeps', 'it']
    const rows = words.map((_, w) => Array.from({ length: 16 }, (_, i) => (((w * 7 + i * 3) % 11) - 5) / 8))
    const text = `${words.length} 16\n${words.map((word, w) => `${word} ${rows[w]!.join(' ')}`).join('\n')}\n`
    const chunks = [new TextEncoder().encode(text)]
    const { page, complaints } = await openPage({}, await read({ name: 'eight.txt', chunks }))
    await page.waitForSelector('#source-notes .note')
    assert.match(
      (await page.textContent('#source-notes'))!,
      /vectors\.safetensors: 8 of its 8 words.*no output vectors.*shall, a/,
    )
    assert.equal(await page.textContent('.sentence .choice.center'), 'the')
    assert.deepEqual(await heatRow(page, 'output-vectors', 'center'), rows[4])
    await openFile(page, 'eight.txt', chunks[0]!)
    await page.waitForFunction(() =>
      /eight\.txt/.test(document.querySelector('#source-notes')?.textContent ?? ''),
    )
    assert.deepEqual(await heatRow(page, 'output-vectors', 'center'), rows[4])
    await page.fill('#sentence', 'Company keeps you')
    await page.click('#use-sentence')
    assert.equal(await page.textContent('.sentence .choice.center'), 'keeps')
    await page.click('#built-in')
    assert.equal((await heatRow(page, 'output-vectors', 'center')).length, 5)
    assert.deepEqual(complaints, [])
  },
)
