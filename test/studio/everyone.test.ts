import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { withoutChromium } from '../browser/chromium.js'
import { choose, openPage } from './open-page.js'

const chromiumOnly = { skip: withoutChromium }
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const looks = [
  { name: 'a wide page by day', options: { viewport: { width: 1280, height: 900 } } },
  { name: 'a phone at night', options: { viewport: { width: 390, height: 844 }, colorScheme: 'dark' } },
  { name: 'a wide page at night', options: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' } },
] as const

interface Violation {
  id: string
  impact: string | null
  nodes: string[]
}

/** What axe finds that would keep somebody from using the page. */
async function barriers(page: Page): Promise<Violation[]> {
  // Through the debugger, which the page's policy does not bind.
  await page.evaluate(axe)
  const found: Violation[] =
    await page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.slice(0, 3).map(node => node.html + ' ' + node.failureSummary) })))`)
  return found.filter(({ impact }) => impact === 'serious' || impact === 'critical')
}

for (const { name, options } of looks)
  test(`axe finds no barrier on ${name}, and nothing reaches over its edge`, chromiumOnly, async () => {
    const { page, complaints } = await openPage({ ...options, reducedMotion: 'reduce' })
    const isTooWide = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    assert.deepEqual(await barriers(page), [])
    assert.equal(await isTooWide(), false)
    await choose(page, 'objective-negative-sampling')
    await choose(page, 'convention-columns')
    await page.click('#step')
    await page.click('#check-all')
    assert.deepEqual(await barriers(page), [])
    assert.equal(await isTooWide(), false)
    assert.deepEqual(complaints, [])
  })

test(
  'every control is reached by keyboard, and keeps the focus when the numbers change',
  chromiumOnly,
  async () => {
    const { page } = await openPage()
    const wanted = await page.$$eval('button:not(:disabled), select, input:not([type=radio])', found =>
      found.map(control => control.id),
    )
    const groups = await page.$$eval('input[type=radio]', found =>
      found.map(input => (input as HTMLInputElement).name),
    )
    const reached = new Set<string>()
    for (let i = 0; i < 120; i++) {
      await page.keyboard.press('Tab')
      reached.add(
        await page.evaluate(() => {
          const at = document.activeElement as HTMLInputElement
          return at.type === 'radio' ? at.name : at.id
        }),
      )
    }
    assert.deepEqual(
      [...wanted, ...new Set(groups)].filter(id => !reached.has(id)),
      [],
    )
  },
)

test('arrows choose the center word, and space takes a step', chromiumOnly, async () => {
  const { page } = await openPage()
  const focused = () => page.evaluate(() => document.activeElement?.id)
  await page.focus('#center-7')
  await page.keyboard.press('ArrowRight')
  assert.equal(await focused(), 'center-8')
  assert.equal(await page.textContent('.sentence .choice.center'), 'it')
  await page.keyboard.press('ArrowLeft')
  assert.equal(await focused(), 'center-7')
  await page.focus('#step')
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  assert.equal(await focused(), 'step')
  assert.match((await page.textContent('#announcement'))!, /^Step 2: /)
})

test('the focus stays near when the control that had it goes', chromiumOnly, async () => {
  const { page } = await openPage()
  const focused = () =>
    page.evaluate(() => document.activeElement?.closest('section, .learning-bar')?.className)
  const focusedId = () => page.evaluate(() => document.activeElement?.id)
  await page.click('#step')
  await page.focus('#restart')
  await page.keyboard.press('Enter')
  assert.equal(await focusedId(), 'restart')
  assert.equal(await focused(), 'learning-bar')
  await choose(page, 'objective-negative-sampling')
  const single = await page.$$eval('.drawn li', items =>
    items
      .filter(item => !item.textContent!.includes('×'))
      .map(item => item.querySelectorAll('button')[1]!.id),
  )
  await page.focus(`#${single[0]}`)
  await page.keyboard.press('Enter')
  assert.equal(await page.$(`#${single[0]}`), null)
  assert.ok(await page.evaluate(() => document.getElementById('window')!.contains(document.activeElement)))
})

test('formulas are there for screen readers as MathML', chromiumOnly, async () => {
  const { page } = await openPage()
  const [formulas, mathMl] = await page.evaluate(() => [
    document.querySelectorAll('.katex').length,
    document.querySelectorAll('.katex-mathml math').length,
  ])
  assert.ok(formulas! > 10)
  assert.equal(mathMl, formulas)
})
