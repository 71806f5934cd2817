import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Desk } from '../../studio/map/desk.js'
import type { VectorSource } from '../../studio/map/protocol.js'

const stretch = async () => {}

/** So many words around four axes, as a text file of vectors. */
function source(name: string, words: number): VectorSource {
  const lines = Array.from({ length: words }, (_, i) => {
    const row = [0, 1, 2, 3].map(d => Number(d === i % 4) + ((i * (d + 3)) % 11) / 20)
    return `${name}${i} ${row.join(' ')}\n`
  })
  return { name, limit: 1000, file: new File([`${words} 4\n`, ...lines], `${name}.txt`) }
}

test('another first model takes the pictures of the one before along, and the model that was turned onto it', async () => {
  const desk = new Desk()
  await desk.open(source('a', 40), stretch)
  await desk.flat()
  await desk.layout({ mapped: 40, seed: 1 }, stretch)
  await desk.openOther(source('a', 30), stretch)
  assert.equal((await desk.otherPlaces({ picture: 'umap' }, stretch)).x.length, 40)

  await desk.open(source('a', 35), stretch)
  await assert.rejects(desk.otherPlaces({ picture: 'pca' }, stretch), /no second model is open/)
  await desk.openOther(source('a', 30), stretch)
  for (const picture of ['pca', 'umap'] as const)
    await assert.rejects(
      desk.otherPlaces({ picture }, stretch),
      /the first model has no (picture|layout) yet/,
    )
})

test('a picture that is made while another model is opened does not become a picture of that one', async () => {
  const desk = new Desk()
  await desk.open(source('a', 40), stretch)
  let isOpened = false
  await desk.layout({ mapped: 40, seed: 1 }, async () => {
    if (isOpened) return
    isOpened = true
    await desk.open(source('a', 35), stretch)
  })
  await desk.openOther(source('a', 30), stretch)
  await assert.rejects(desk.otherPlaces({ picture: 'umap' }, stretch), /the first model has no layout yet/)
})

test('a second model that is read while another first one is opened is not laid on that one', async () => {
  const desk = new Desk()
  await desk.open(source('a', 40), stretch)
  let isOpened = false
  await desk.openOther(source('a', 30), async () => {
    if (isOpened) return
    isOpened = true
    await desk.open(source('a', 35), stretch)
  })
  await assert.rejects(desk.shift({ id: 0, count: 3 }), /no second model is open/)
})
