import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TokenIds, Vocabulary } from 'wordloom/text'
import { Control } from '#runs/control'
import { completeOptions } from '#training/options/options'
import { BLOCK, blocksIn, MOST_STRETCHES, stretchesIn, stretchOf } from '#training/plan/blocks'
import { type Chunk, chunksOf, planChunks } from '#training/plan/chunks'
import { isHeldOut, setAside } from '#training/plan/set-aside'

/** A text that says one word over and over, and takes no memory. */
class Monotony extends TokenIds {
  constructor(length: number) {
    super()
    this.length = length
  }

  override read(): void {}
}

const everyToken = Uint32Array.of(2 ** 32 - 1)

test('a text up to 268 million positions is seen block by block, a larger one in few stretches', () => {
  for (const length of [1, BLOCK, 17_000_000, MOST_STRETCHES * BLOCK]) {
    assert.equal(stretchOf(length), 1)
    assert.equal(stretchesIn(length), blocksIn(length))
  }
  for (const length of [MOST_STRETCHES * BLOCK + 1, 17e9, 3e12]) {
    assert.ok(stretchesIn(length) <= MOST_STRETCHES, `${length}`)
    assert.ok(stretchesIn(length) > MOST_STRETCHES / 2, `${length}`)
  }
})

test('the chunks of a large text are whole stretches of it, about equally large', () => {
  const length = 300_000_001
  const { starts, pairCapacity } = planChunks(
    new Monotony(length),
    everyToken,
    { window: 5, reach: 'random' },
    70,
  )
  assert.deepEqual([starts.length, starts[0], starts.at(-1)], [71, 0, blocksIn(length)])
  const sizes = [...chunksOf({ starts })].map(([, { firstBlock, endBlock }]: [number, Chunk]) => {
    assert.equal(firstBlock % stretchOf(length), 0)
    return endBlock - firstBlock
  })
  assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 2 * stretchOf(length), `${sizes}`)
  assert.ok(pairCapacity >= Math.max(...sizes) * BLOCK * 6 && pairCapacity < (length / 70) * 6 * 1.05)
})

test('what is set aside of a large text is whole stretches of it, about the share asked for', () => {
  const length = 300_000_001
  const options = completeOptions({ heldOut: 0.01 })
  const heldOut = setAside(new Monotony(length), Vocabulary.of(['a', 'b'], Float64Array.of(9, 1)), options)
  assert.equal(heldOut.stretch, 2)
  const blocks = Array.from({ length: blocksIn(length) }, (_, block) => block)
  const held = blocks.filter(block => isHeldOut(heldOut, block))
  assert.ok(Math.abs(held.length / blocks.length - 0.01) < 1e-4)
  for (const block of held)
    if (block % 2 === 0) assert.ok(isHeldOut(heldOut, block + 1) || block + 1 === blocks.length)
})

test('sums are those of as many slots as there are pieces of work, bit for bit', () => {
  const size = { epochs: 2, heldOutSlots: 0, threads: 1 }
  const few = new Control(Control.allocate({ ...size, slots: 3 }))
  const many = new Control(Control.allocate({ ...size, slots: 30 }))
  for (const epoch of [0, 1]) {
    for (let work = 0; work < 30; work++) {
      if (work % 3 === 0) few.closeSlots()
      const sums = { positions: 7, pairs: 3 + work, loss: Math.sqrt(work + epoch) * 1e-3 }
      few.add(work % 3, sums)
      many.add(work, sums)
      assert.deepEqual(few.epoch(epoch), many.epoch(epoch))
    }
    for (const control of [few, many]) control.closeEpoch(epoch)
    assert.deepEqual(few.epoch(epoch), many.epoch(epoch))
    assert.deepEqual(few.epoch(1), many.epoch(1))
  }
})
