// Walks a block of ids: sub-samples it, shrinks the windows, and trains every pair of a hidden row and a word to
// predict that lies in the block. In skip-gram the pairs of one outside word share its negative samples.

import { trainBags, trainBagsOfWords } from './bags'
import { trainCenters } from './centers'
import { gather, isPredicted, mostBags, predictsOnce } from './gather'
import { choosePath } from './hierarchical-softmax'
import { isTrained, keepWords, positionOf } from './kept'
import { load32, store32 } from './lists'
import { chooseNegativeSamples } from './negative-sampling'
import { chooseAll } from './one-vs-all'
import { draw } from './random'
import {
  BATCH,
  Bags,
  Block,
  Chosen,
  FEWEST_WORDS,
  HIERARCHICAL_SOFTMAX,
  Kept,
  Model,
  NEGATIVE_SAMPLING,
  ONE_VS_ALL,
  PV_DBOW,
  Scratch,
  SKIP_GRAM,
  SOFTMAX,
  Softmax,
  Sums,
  WORDS_TOGETHER,
} from './records.generated'
import { trainBatches } from './softmax'

/** Gathers bags that predict a word, chooses the labelled rows they are trained against, and trains them. */
export function trainWindows(model: Model, block: Block, scratch: Scratch, sums: Sums): void {
  const kept = scratch.kept
  const bags = scratch.bags
  const chosen = scratch.chosen
  keepWords(model, block, kept)
  if (model.objective === SOFTMAX) trainAll(model, block, kept, bags, scratch.softmax, sums)
  else if (!sharesRows(model)) trainInOrder(model, block, kept, bags, chosen, sums)
  else if (predictsOnce(model)) trainApart(model, block, kept, bags, chosen, sums)
  else trainCenters(model, block, kept, scratch.centers, chosen, sums)
}

/** One bag a word (not one for each row of a document) cannot fill a step of two, nor does it pay to gather a bag of sub-words for each pair. */
function sharesRows(model: Model): bool {
  if (model.objective !== NEGATIVE_SAMPLING || model.words < FEWEST_WORDS) return false
  if (model.architecture === PV_DBOW && model.documentRowStarts !== 0) return false
  return predictsOnce(model) || (model.architecture === SKIP_GRAM && model.wordRowStarts !== 0)
}

/** All bags that predict a word meet the same rows. */
function trainInOrder(model: Model, block: Block, kept: Kept, bags: Bags, chosen: Chosen, sums: Sums): void {
  const end = kept.count
  for (let t: u32 = 0; t < end; t++) {
    if (!isTrained(block, kept, t)) continue
    const count = gather(model, block, kept, bags, t, 0)
    if (count === 0) continue
    trainBags(model, bags, chosen, sums, count, chooseRows(model, block, kept, chosen, t))
    sums.pairs += <f64>count
  }
}

/** The rows that should recognise the word at t or reject it, by the objective; how many. */
function chooseRows(model: Model, block: Block, kept: Kept, chosen: Chosen, t: u32): u32 {
  const outside = kept.ids + (t << 2)
  if (model.objective === HIERARCHICAL_SOFTMAX) return choosePath(model, chosen, load<u32>(outside))
  if (model.objective === ONE_VS_ALL) return chooseAll(model, chosen, load<u32>(outside))
  return chooseNegativeSamples(model, chosen, outside, 1, draw(block.negativeKey, positionOf(block, kept, t)))
}

/** Words from all stretches of the block, far apart in the text, share their negative samples. */
function trainApart(model: Model, block: Block, kept: Kept, bags: Bags, chosen: Chosen, sums: Sums): void {
  const trained = listTrained(model, block, kept)
  const apart = trained / WORDS_TOGETHER
  for (let k: u32 = 0; k < apart; k++)
    trainWords(model, block, kept, bags, chosen, sums, k, apart, WORDS_TOGETHER)
  for (let k = apart * WORDS_TOGETHER; k < trained; k++)
    trainWords(model, block, kept, bags, chosen, sums, k, 1, 1)
  sums.pairs += <f64>trained
}

/** Lists which kept words are trained and have a bag; returns how many. */
function listTrained(model: Model, block: Block, kept: Kept): u32 {
  let trained: u32 = 0
  for (let t: u32 = 0; t < kept.count; t++)
    if (isTrained(block, kept, t) && isPredicted(model, kept, t)) store32(kept.trained, trained++, t)
  return trained
}

/** `count` of the listed words, the first and those `apart` entries further on each. */
function trainWords(
  model: Model,
  block: Block,
  kept: Kept,
  bags: Bags,
  chosen: Chosen,
  sums: Sums,
  first: u32,
  apart: u32,
  count: u32,
): void {
  for (let i: u32 = 0; i < count; i++) {
    const t = load32(kept.trained, first + i * apart)
    gather(model, block, kept, bags, t, i)
    store32(bags.words, i, load32(kept.ids, t))
  }
  const position = positionOf(block, kept, load32(kept.trained, first))
  const rows = chooseNegativeSamples(model, chosen, bags.words, count, draw(block.negativeKey, position))
  trainBagsOfWords(model, bags, chosen, sums, count, rows)
}

/** Exact softmax: bags wait until there are enough for a batch. */
function trainAll(model: Model, block: Block, kept: Kept, bags: Bags, softmax: Softmax, sums: Sums): void {
  const most = mostBags(model)
  let waiting: u32 = 0
  for (let t: u32 = 0; t < kept.count; t++) {
    if (!isTrained(block, kept, t)) continue
    if (waiting > 0 && waiting + most > BATCH) {
      trainBatches(model, bags, softmax, sums, waiting)
      waiting = 0
    }
    const gathered = gather(model, block, kept, bags, t, waiting)
    for (; waiting < gathered; waiting++) {
      store32(bags.words, waiting, load32(kept.ids, t))
      sums.pairs += 1
    }
  }
  trainBatches(model, bags, softmax, sums, waiting)
}
