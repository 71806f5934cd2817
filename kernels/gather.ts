// From which input rows is a word predicted? Each hidden row is made of a bag: a list of input rows, as pointers.
// Bags lie one after another in settings.bagRows; settings.bagEnds says where each ends.

import { load32, Settings, store32 } from './settings'
import { SENTENCE_END } from './windows'

// As src/reference/architectures/table.ts numbers them.
export const SKIP_GRAM: u32 = 0
const CBOW: u32 = 1
const PV_DM: u32 = 2
const PV_DBOW: u32 = 3
const PV_DBOW_SKIP_GRAM: u32 = 4

/** Whether a word is predicted once, and not by each center word of its own accord. */
export function predictsOnce(settings: Settings): bool {
  return settings.architecture >= CBOW && settings.architecture <= PV_DBOW
}

/** Appends the bags that predict the word at t to the `bags` that are there; returns how many there are then. */
export function gather(settings: Settings, t: u32, kept: u32, bags: u32): u32 {
  const architecture = settings.architecture
  if (architecture === CBOW || architecture === PV_DM) return gatherReached(settings, t, kept, bags)
  if (architecture === PV_DBOW) return gatherDocument(settings, t, bags)
  if (architecture === PV_DBOW_SKIP_GRAM) bags = gatherDocument(settings, t, bags)
  return gatherCenters(settings, t, kept, bags)
}

/** A bag of the document's row. */
function gatherDocument(settings: Settings, t: u32, bags: u32): u32 {
  store32(settings.bagEnds, bags, addDocument(settings, bagStart(settings, bags), t))
  return bags + 1
}

/** Appends the input row of the document that the kept word at t is in. */
function addDocument(settings: Settings, end: u32, t: u32): u32 {
  const row = load32(settings.documents, load32(settings.keptPlace, t))
  store32(settings.bagRows, end, settings.inputVectors + row * settings.rowBytes)
  return end + 1
}

/** Where a bag's rows begin. */
export function bagStart(settings: Settings, bag: u32): u32 {
  return bag === 0 ? 0 : load32(settings.bagEnds, bag - 1)
}

export function bagEnd(settings: Settings, bag: u32): u32 {
  return load32(settings.bagEnds, bag)
}

/** Skip-gram: a bag for each center word whose shrunken window reaches the word at t, nearest first. */
function gatherCenters(settings: Settings, t: u32, kept: u32, bags: u32): u32 {
  for (let s = <i32>t - 1; s >= 0 && t - s <= settings.window; s--) {
    if (<i32>load32(settings.keptIds, s) === SENTENCE_END) break
    if (t - s <= load32(settings.keptReach, s)) bags = addBagOf(settings, s, bags)
  }
  for (let s = t + 1; s < kept && s - t <= settings.window; s++) {
    if (<i32>load32(settings.keptIds, s) === SENTENCE_END) break
    if (s - t <= load32(settings.keptReach, s)) bags = addBagOf(settings, s, bags)
  }
  return bags
}

function addBagOf(settings: Settings, s: u32, bags: u32): u32 {
  store32(settings.bagEnds, bags, addWord(settings, bagStart(settings, bags), s))
  return bags + 1
}

/**
 * CBOW and PV-DM: one bag of the words that the shrunken window of the word at t reaches, nearest first on either
 * side, and in PV-DM of its document.
 */
function gatherReached(settings: Settings, t: u32, kept: u32, bags: u32): u32 {
  const reach = load32(settings.keptReach, t)
  const start = bagStart(settings, bags)
  let end = start
  for (let s = <i32>t - 1; s >= 0 && t - s <= reach; s--) {
    if (<i32>load32(settings.keptIds, s) === SENTENCE_END) break
    end = addWord(settings, end, s)
  }
  for (let s = t + 1; s < kept && s - t <= reach; s++) {
    if (<i32>load32(settings.keptIds, s) === SENTENCE_END) break
    end = addWord(settings, end, s)
  }
  if (settings.architecture === PV_DM) end = addDocument(settings, end, t)
  if (end === start) return bags
  store32(settings.bagEnds, bags, end)
  return bags + 1
}

/** Appends the input rows of the kept word at s, its own and those of its sub-words; returns where the next would go. */
function addWord(settings: Settings, end: u32, s: u32): u32 {
  const word = load32(settings.keptIds, s)
  if (settings.wordRowStarts !== 0) return addSubwords(settings, end, word)
  store32(settings.bagRows, end, settings.inputVectors + word * settings.rowBytes)
  return end + 1
}

function addSubwords(settings: Settings, end: u32, word: u32): u32 {
  const first = load32(settings.wordRowStarts, word)
  const last = load32(settings.wordRowStarts, word + 1)
  memory.copy(settings.bagRows + (end << 2), settings.wordRows + (first << 2), (last - first) << 2)
  return end + last - first
}

/** Bags that can predict one word. */
export function mostBags(settings: Settings): u32 {
  if (predictsOnce(settings)) return 1
  return 2 * settings.window + (settings.architecture === PV_DBOW_SKIP_GRAM ? 1 : 0)
}

/** Whether the word at t has a bag, where it is predicted once: a document always, else a word that its window reaches. */
export function isPredicted(settings: Settings, t: u32, kept: u32): bool {
  if (settings.architecture !== CBOW) return true
  if (t > 0 && <i32>load32(settings.keptIds, t - 1) !== SENTENCE_END) return true
  return t + 1 < kept && <i32>load32(settings.keptIds, t + 1) !== SENTENCE_END
}
