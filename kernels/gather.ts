// From which input rows is a word predicted? Each hidden row is made of a bag: a list of input rows, as pointers.

import { bagStart, endBag } from './bag-list'
import { endsSentence } from './kept'
import { load32, store32 } from './lists'
import { Bags, Block, CBOW, Kept, Model, PV_DBOW, PV_DBOW_SKIP_GRAM, PV_DM } from './records.generated'

/** Whether a word is predicted once, and not by each center word of its own accord. */
export function predictsOnce(model: Model): bool {
  const architecture = model.architecture
  return architecture === CBOW || architecture === PV_DM || architecture === PV_DBOW
}

/** Appends the bags that predict the word at t to the `count` that are there; returns how many there are then. */
export function gather(model: Model, block: Block, kept: Kept, bags: Bags, t: u32, count: u32): u32 {
  const architecture = model.architecture
  if (architecture === CBOW || architecture === PV_DM)
    return gatherReached(model, block, kept, bags, t, count)
  if (architecture === PV_DBOW) return gatherDocument(model, block, kept, bags, t, count)
  if (architecture === PV_DBOW_SKIP_GRAM) count = gatherDocument(model, block, kept, bags, t, count)
  return gatherCenters(model, kept, bags, t, count)
}

/** A bag of the document's row, or one for each of its rows. */
function gatherDocument(model: Model, block: Block, kept: Kept, bags: Bags, t: u32, count: u32): u32 {
  const start = bagStart(bags, count)
  const end = addDocument(model, block, kept, bags, start, t)
  for (let i = start; i < end; i++) endBag(bags, count++, i + 1)
  return count
}

/** Appends the input rows of the document that the kept word at t is in. */
function addDocument(model: Model, block: Block, kept: Kept, bags: Bags, end: u32, t: u32): u32 {
  const row = load32(block.documents, load32(kept.index, t))
  if (model.documentRowStarts !== 0)
    return addListed(bags, end, model.documentRowStarts, model.documentRows, row)
  store32(bags.rows, end, model.inputVectors + row * model.rowBytes)
  return end + 1
}

/** Skip-gram: a bag for each center word whose shrunken window reaches the word at t, nearest first. */
function gatherCenters(model: Model, kept: Kept, bags: Bags, t: u32, count: u32): u32 {
  const end = kept.count
  for (let s = <i32>t - 1; s >= 0 && t - s <= model.window; s--) {
    if (endsSentence(kept, s)) break
    if (t - s <= load32(kept.reach, s)) count = addBagOf(model, kept, bags, s, count)
  }
  for (let s = t + 1; s < end && s - t <= model.window; s++) {
    if (endsSentence(kept, s)) break
    if (s - t <= load32(kept.reach, s)) count = addBagOf(model, kept, bags, s, count)
  }
  return count
}

function addBagOf(model: Model, kept: Kept, bags: Bags, s: u32, count: u32): u32 {
  endBag(bags, count, addWord(model, kept, bags, bagStart(bags, count), s))
  return count + 1
}

/**
 * CBOW and PV-DM: one bag of the words that the shrunken window of the word at t reaches, nearest first on either
 * side, and in PV-DM of its document.
 */
function gatherReached(model: Model, block: Block, kept: Kept, bags: Bags, t: u32, count: u32): u32 {
  const reach = load32(kept.reach, t)
  const last = kept.count
  const start = bagStart(bags, count)
  let end = start
  for (let s = <i32>t - 1; s >= 0 && t - s <= reach; s--) {
    if (endsSentence(kept, s)) break
    end = addWord(model, kept, bags, end, s)
  }
  for (let s = t + 1; s < last && s - t <= reach; s++) {
    if (endsSentence(kept, s)) break
    end = addWord(model, kept, bags, end, s)
  }
  if (model.architecture === PV_DM) end = addDocument(model, block, kept, bags, end, t)
  if (end === start) return count
  endBag(bags, count, end)
  return count + 1
}

/** Appends the input rows of the kept word at s, its own and those of its sub-words; returns where the next would go. */
function addWord(model: Model, kept: Kept, bags: Bags, end: u32, s: u32): u32 {
  const word = load32(kept.ids, s)
  if (model.wordRowStarts !== 0) return addListed(bags, end, model.wordRowStarts, model.wordRows, word)
  store32(bags.rows, end, model.inputVectors + word * model.rowBytes)
  return end + 1
}

/** Appends the rows that a table lists for a word or a document. */
function addListed(bags: Bags, end: u32, starts: u32, rows: u32, number: u32): u32 {
  const first = load32(starts, number)
  const last = load32(starts, number + 1)
  memory.copy(bags.rows + (end << 2), rows + (first << 2), (last - first) << 2)
  return end + last - first
}

/** Bags that can predict one word. */
export function mostBags(model: Model): u32 {
  if (model.architecture === PV_DBOW) return model.mostDocumentRows
  if (predictsOnce(model)) return 1
  return 2 * model.window + (model.architecture === PV_DBOW_SKIP_GRAM ? model.mostDocumentRows : 0)
}

/** Whether the word at t has a bag, if it is predicted once: a document always, else a word that its window reaches. */
export function isPredicted(model: Model, kept: Kept, t: u32): bool {
  if (model.architecture !== CBOW) return true
  if (t > 0 && !endsSentence(kept, t - 1)) return true
  return t + 1 < kept.count && !endsSentence(kept, t + 1)
}
