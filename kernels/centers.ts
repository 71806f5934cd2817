// Skip-gram where a center word's hidden row is made of many rows, its own and those of its sub-words: they are
// gathered once for all outside words that its window reaches, and the change is handed back once. A center word
// of the first half of the block and one of the second go together and share their negative samples: the two are
// far apart in the text.

import { addRows, addToRows } from './bag-rows'
import { bagShare } from './bags'
import { chooseNegativeSamples, recogniseTwo } from './negative-sampling'
import { load32, Settings, store32 } from './settings'
import { step } from './step'
import { isTrained, positionOf, SENTENCE_END } from './windows'

/** One of the two stretches of center words that are passed at the same time. */
@unmanaged
class Lane {
  next: u32 // of settings.trained
  end: u32
  center: u32 // index into keptIds
  outsides: u32 // u32 each: the words it predicts
  count: u32 // of them
  done: u32
  hidden: u32 // three rows: the hidden row as it moves, as it was, and the next one
}

export function trainCenters(settings: Settings, kept: u32): void {
  const trained = listCenters(settings, kept)
  const half = (trained + 1) >> 1
  const a = openLane(settings, 0, 0, half)
  const b = openLane(settings, 1, half, trained)
  while (true) {
    const hasA = advance(settings, a, kept)
    const hasB = advance(settings, b, kept)
    if (hasA && hasB) trainTwo(settings, a, b)
    else if (hasA) trainAlone(settings, a)
    else if (hasB) trainAlone(settings, b)
    else return
  }
}

function listCenters(settings: Settings, kept: u32): u32 {
  let trained: u32 = 0
  for (let t: u32 = 0; t < kept; t++) if (isTrained(settings, t)) store32(settings.trained, trained++, t)
  return trained
}

function openLane(settings: Settings, index: u32, next: u32, end: u32): Lane {
  const lane = changetype<Lane>(settings.lanes + index * offsetof<Lane>())
  lane.next = next
  lane.end = end
  lane.outsides = settings.lanes + 2 * offsetof<Lane>() + ((index * 2 * settings.window) << 2)
  lane.count = 0
  lane.done = 0
  lane.hidden = settings.hidden + 3 * index * settings.rowBytes
  return lane
}

/** Whether the lane has a pair to train: where a center word is done with, the next one is taken. */
function advance(settings: Settings, lane: Lane, kept: u32): bool {
  while (lane.done === lane.count) {
    if (lane.count > 0) finish(settings, lane)
    lane.count = 0
    lane.done = 0
    if (lane.next === lane.end) return false
    begin(settings, lane, load32(settings.trained, lane.next++), kept)
  }
  return true
}

function begin(settings: Settings, lane: Lane, center: u32, kept: u32): void {
  lane.center = center
  lane.count = listOutsides(settings, center, kept, lane.outsides)
  if (lane.count === 0) return
  addRows(settings, rowsOf(settings, lane), rowCount(settings, lane), lane.hidden)
  memory.copy(lane.hidden + settings.rowBytes, lane.hidden, settings.rowBytes)
}

/** Gives what became of the hidden row to all rows that it was made of. */
function finish(settings: Settings, lane: Lane): void {
  const before = lane.hidden + settings.rowBytes
  addToRows(settings, rowsOf(settings, lane), rowCount(settings, lane), before, lane.hidden, 1)
}

/** The words that the window of the center word at t reaches, nearest first on either side. */
function listOutsides(settings: Settings, t: u32, kept: u32, outsides: u32): u32 {
  const reach = load32(settings.keptReach, t)
  let count: u32 = 0
  for (let s = <i32>t - 1; s >= 0 && t - s <= reach; s--) {
    if (<i32>load32(settings.keptIds, s) === SENTENCE_END) break
    store32(outsides, count++, load32(settings.keptIds, s))
  }
  for (let s = t + 1; s < kept && s - t <= reach; s++) {
    if (<i32>load32(settings.keptIds, s) === SENTENCE_END) break
    store32(outsides, count++, load32(settings.keptIds, s))
  }
  return count
}

function trainTwo(settings: Settings, a: Lane, b: Lane): void {
  const position = positionOfPair(settings, a)
  const first = nextOutside(a)
  const second = nextOutside(b)
  store32(settings.outsides, 0, first)
  store32(settings.outsides, 1, second)
  const rows = chooseNegativeSamples(settings, 2, position)
  recogniseTwo(settings, first, second)
  const bytes = settings.rowBytes
  step(settings, a.hidden, b.hidden, a.hidden + 2 * bytes, b.hidden + 2 * bytes, rows)
  settle(settings, a)
  settle(settings, b)
  settings.pairs += 2
}

function trainAlone(settings: Settings, lane: Lane): void {
  const position = positionOfPair(settings, lane)
  store32(settings.outsides, 0, nextOutside(lane))
  const rows = chooseNegativeSamples(settings, 1, position)
  step(settings, lane.hidden, settings.nullRow, lane.hidden + 2 * settings.rowBytes, settings.nullRow, rows)
  settle(settings, lane)
  settings.pairs += 1
}

function nextOutside(lane: Lane): u32 {
  return load32(lane.outsides, lane.done++)
}

/** Every pair has draws of its own. */
function positionOfPair(settings: Settings, lane: Lane): u64 {
  return positionOf(settings, lane.center) * (2 * settings.window) + lane.done
}

/** The hidden row as it would be if the rows it is made of had moved already. */
function settle(settings: Settings, lane: Lane): void {
  const share = f32x4.splat(bagShare(settings, rowCount(settings, lane)))
  const hidden = lane.hidden
  const bytes = settings.rowBytes
  const moved = hidden + 2 * bytes
  for (let c: u32 = 0; c < bytes; c += 16) {
    const h = v128.load(hidden + c)
    v128.store(hidden + c, f32x4.add(h, f32x4.mul(share, f32x4.sub(v128.load(moved + c), h))))
  }
}

/** Pointers to the input rows of the lane's center word. */
function rowsOf(settings: Settings, lane: Lane): u32 {
  const word = load32(settings.keptIds, lane.center)
  return settings.wordRows + (load32(settings.wordRowStarts, word) << 2)
}

function rowCount(settings: Settings, lane: Lane): u32 {
  const word = load32(settings.keptIds, lane.center)
  return load32(settings.wordRowStarts, word + 1) - load32(settings.wordRowStarts, word)
}
