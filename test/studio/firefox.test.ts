import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { studioFiles } from '#cli/studio/files'
import { serveStudio } from '#cli/studio/server'
import { FirstModel } from '../../studio/map/first-model.js'
import { complaintsOf, launchFirefox, untilTrue, withoutFirefox } from '../browser/firefox.js'
import { plantedVectors } from '../search/planted-vectors.js'

/** So many words that their neighbours are not found before the engine has compiled the search as well as it can. */
const WORDS = 4000
const vectors = plantedVectors(WORDS, 12)

const closing: (() => Promise<void>)[] = []
after(async () => {
  for (const close of closing) await close()
})

/** The studio in Firefox once words stand by their neighbours, with what it says of that picture. */
async function openedMap() {
  const browser = await launchFirefox()
  closing.push(() => browser.close())
  const server = await serveStudio(await studioFiles({ name: 'v.safetensors', vectors }), 0)
  closing.push(() => server.close())
  const page = await browser.newPage()
  const complaints = complaintsOf(page)
  await page.goto(server.url, { waitUntil: 'domcontentloaded' })
  await untilTrue(page, () =>
    Boolean(
      document.querySelector<HTMLInputElement>('#picture-umap')?.checked &&
        document.querySelector('#trust .great') &&
        document.querySelector<HTMLElement>('.work')?.hidden,
    ),
  )
  const trust = Number(await page.$eval('#trust .great', shown => shown.textContent))
  return { trust, complaints }
}

/** The same picture made in Node by what the page asks. */
async function trustInNode(): Promise<number> {
  const model = new FirstModel(vectors)
  const { x, y } = await model.layout({ mapped: WORDS, seed: 1 }, async () => {})
  const trust = await model.trust({ x, y, placed: WORDS }, async () => {})
  return trust!.value
}

test('a map by neighbours that Firefox makes can be believed as far as one that Node makes', {
  skip: withoutFirefox,
}, async () => {
  const [{ trust, complaints }, node] = [await openedMap(), await trustInNode()]
  assert.ok(node > 0.75, `${node} in Node`)
  assert.ok(Math.abs(trust - node) < 0.03, `${trust} in Firefox, ${node} in Node`)
  assert.deepEqual(complaints, [])
})
