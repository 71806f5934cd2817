// Skip-gram where a center word's hidden row is made of many rows, its own and those of its sub-words: they are
// gathered once for all outside words that its window reaches, and the change is handed back once. A center word
// of the first half of the block and one of the second go together and share their negative samples: the two are
// far apart in the text.

import { addRows, addToRows } from './bag-rows'
import { bagShare } from './bags'
import { recogniseTwo } from './chosen'
import { endsSentence, isTrained, positionOf } from './kept'
import { load32, store32 } from './lists'
import { chooseNegativeSamples } from './negative-sampling'
import { draw } from './random'
import { Block, Centers, Chosen, Kept, LANE_BYTES, Lane, Model, Sums } from './records.generated'
import { step } from './step'

export function trainCenters(
  model: Model,
  block: Block,
  kept: Kept,
  centers: Centers,
  chosen: Chosen,
  sums: Sums,
): void {
  const trained = listCenters(block, kept)
  const half = (trained + 1) >> 1
  const a = openLane(model, centers, 0, 0, half)
  const b = openLane(model, centers, 1, half, trained)
  while (true) {
    const hasA = advance(model, block, kept, a)
    const hasB = advance(model, block, kept, b)
    if (hasA && hasB) trainTwo(model, block, centers, chosen, sums, a, b)
    else if (hasA) trainAlone(model, block, centers, chosen, sums, a)
    else if (hasB) trainAlone(model, block, centers, chosen, sums, b)
    else return
  }
}

function listCenters(block: Block, kept: Kept): u32 {
  let trained: u32 = 0
  for (let t: u32 = 0; t < kept.count; t++) if (isTrained(block, kept, t)) store32(kept.trained, trained++, t)
  return trained
}

function openLane(model: Model, centers: Centers, index: u32, next: u32, end: u32): Lane {
  const lane = changetype<Lane>(centers.lanes + index * LANE_BYTES)
  lane.next = next
  lane.end = end
  lane.outsides = centers.outsides + ((index * 2 * model.window) << 2)
  lane.count = 0
  lane.done = 0
  lane.hidden = centers.rows + 3 * index * model.rowBytes
  lane.before = lane.hidden + model.rowBytes
  lane.moved = lane.before + model.rowBytes
  return lane
}

/** Whether the lane has a pair to train: where a center word is done with, the next one is taken. */
function advance(model: Model, block: Block, kept: Kept, lane: Lane): bool {
  while (lane.done === lane.count) {
    if (lane.count > 0) finish(model, lane)
    lane.count = 0
    lane.done = 0
    if (lane.next === lane.end) return false
    begin(model, block, kept, lane, load32(kept.trained, lane.next++))
  }
  return true
}

function begin(model: Model, block: Block, kept: Kept, lane: Lane, center: u32): void {
  lane.count = listOutsides(kept, center, lane.outsides)
  if (lane.count === 0) return
  const word = load32(kept.ids, center)
  const start = load32(model.wordRowStarts, word)
  lane.position = positionOf(block, kept, center)
  lane.bag = model.wordRows + (start << 2)
  lane.bagRows = load32(model.wordRowStarts, word + 1) - start
  addRows(model, lane.bag, lane.bagRows, lane.hidden)
  memory.copy(lane.before, lane.hidden, model.rowBytes)
}

/** Gives the change of the hidden row to all rows that it was made of. */
function finish(model: Model, lane: Lane): void {
  addToRows(model, lane.bag, lane.bagRows, lane.before, lane.hidden, 1)
}

/** The words that the window of the center word at t reaches, nearest first on either side. */
function listOutsides(kept: Kept, t: u32, outsides: u32): u32 {
  const reach = load32(kept.reach, t)
  let count: u32 = 0
  for (let s = <i32>t - 1; s >= 0 && t - s <= reach; s--) {
    if (endsSentence(kept, s)) break
    store32(outsides, count++, load32(kept.ids, s))
  }
  for (let s = t + 1; s < kept.count && s - t <= reach; s++) {
    if (endsSentence(kept, s)) break
    store32(outsides, count++, load32(kept.ids, s))
  }
  return count
}

function trainTwo(
  model: Model,
  block: Block,
  centers: Centers,
  chosen: Chosen,
  sums: Sums,
  a: Lane,
  b: Lane,
): void {
  const state = drawOfPair(model, block, a)
  const first = nextOutside(a)
  const second = nextOutside(b)
  store32(centers.predicted, 0, first)
  store32(centers.predicted, 1, second)
  const rows = chooseNegativeSamples(model, chosen, centers.predicted, 2, state)
  recogniseTwo(chosen, outputRow(model, first), outputRow(model, second))
  step(model, chosen, sums, a.hidden, b.hidden, a.moved, b.moved, rows)
  settle(model, a)
  settle(model, b)
  sums.pairs += 2
}

function trainAlone(
  model: Model,
  block: Block,
  centers: Centers,
  chosen: Chosen,
  sums: Sums,
  lane: Lane,
): void {
  const state = drawOfPair(model, block, lane)
  store32(centers.predicted, 0, nextOutside(lane))
  const rows = chooseNegativeSamples(model, chosen, centers.predicted, 1, state)
  step(model, chosen, sums, lane.hidden, model.nullRow, lane.moved, model.nullRow, rows)
  settle(model, lane)
  sums.pairs += 1
}

/** Every pair has draws of its own. */
function drawOfPair(model: Model, block: Block, lane: Lane): u32 {
  return draw(block.negativeKey, lane.position * (2 * model.window) + lane.done)
}

function nextOutside(lane: Lane): u32 {
  return load32(lane.outsides, lane.done++)
}

function outputRow(model: Model, word: u32): u32 {
  return model.outputVectors + word * model.rowBytes
}

/** The hidden row as it would be if the rows it is made of had moved already. */
function settle(model: Model, lane: Lane): void {
  const share = f32x4.splat(bagShare(model, lane.bagRows))
  const hidden = lane.hidden
  const moved = lane.moved
  const bytes = model.rowBytes
  for (let c: u32 = 0; c < bytes; c += 16) {
    const h = v128.load(hidden + c)
    v128.store(hidden + c, f32x4.add(h, f32x4.mul(share, f32x4.sub(v128.load(moved + c), h))))
  }
}
