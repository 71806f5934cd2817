// Walks a block of ids: sub-samples it, shrinks the windows, and trains every pair of a hidden row and a word to
// predict that lies in the block. In skip-gram the pairs of one outside word share its negative samples.

import { trainBags, trainBagsOfWords } from './bags'
import { trainCenters } from './centers'
import { gather, isPredicted, mostBags, predictsOnce, SKIP_GRAM } from './gather'
import { choosePath } from './hierarchical-softmax'
import { chooseNegativeSamples } from './negative-sampling'
import { draw, scale } from './random'
import { load32, Settings, store32 } from './settings'
import { BATCH, trainBatches } from './softmax'

export const SENTENCE_END: i32 = -1

// As src/reference/objectives/table.ts numbers them.
const NEGATIVE_SAMPLING: u32 = 0
const HIERARCHICAL_SOFTMAX: u32 = 1
const SOFTMAX: u32 = 2

/** Words of CBOW that share their negative samples, and the smallest vocabulary that leaves them others. */
const WORDS_TOGETHER: u32 = 4
const FEWEST_WORDS: u32 = 16

/** Gathers bags that predict a word, chooses the labelled rows they are trained against, and trains them. */
export function trainWindows(settings: Settings): void {
  const kept = keepWords(settings)
  if (settings.objective === SOFTMAX) trainAll(settings, kept)
  else if (!sharesRows(settings)) trainInOrder(settings, kept)
  else if (predictsOnce(settings)) trainApart(settings, kept)
  else trainCenters(settings, kept)
}

/** One bag a word cannot fill a step of two, nor does it pay to gather a bag of sub-words for each pair. */
function sharesRows(settings: Settings): bool {
  if (settings.objective !== NEGATIVE_SAMPLING || settings.words < FEWEST_WORDS) return false
  return predictsOnce(settings) || (settings.architecture === SKIP_GRAM && settings.wordRowStarts !== 0)
}

/** All bags that predict a word meet the same rows. */
function trainInOrder(settings: Settings, kept: u32): void {
  for (let t: u32 = 0; t < kept; t++) {
    if (!isTrained(settings, t)) continue
    const bags = gather(settings, t, kept, 0)
    if (bags === 0) continue
    trainBags(settings, bags, chooseRows(settings, t))
    settings.pairs += <f64>bags
  }
}

/** The rows that should recognise the word at t or reject it, by the objective; how many. */
function chooseRows(settings: Settings, t: u32): u32 {
  const outside = load32(settings.keptIds, t)
  if (settings.objective === HIERARCHICAL_SOFTMAX) return choosePath(settings, outside)
  store32(settings.outsides, 0, outside)
  return chooseNegativeSamples(settings, 1, positionOf(settings, t))
}

/** Words from all stretches of the block, far apart in the text, share their negative samples. */
function trainApart(settings: Settings, kept: u32): void {
  const trained = listTrained(settings, kept)
  const apart = trained / WORDS_TOGETHER
  for (let k: u32 = 0; k < apart; k++) trainWords(settings, k, apart, WORDS_TOGETHER, kept)
  for (let k = apart * WORDS_TOGETHER; k < trained; k++) trainWords(settings, k, 1, 1, kept)
  settings.pairs += <f64>trained
}

/** `count` of the listed words, the first and those so many further on. */
function trainWords(settings: Settings, first: u32, apart: u32, count: u32, kept: u32): void {
  for (let i: u32 = 0; i < count; i++) {
    const t = load32(settings.trained, first + i * apart)
    gather(settings, t, kept, i)
    store32(settings.outsides, i, load32(settings.keptIds, t))
  }
  const position = positionOf(settings, load32(settings.trained, first))
  trainBagsOfWords(settings, count, chooseNegativeSamples(settings, count, position))
}

/** Exact softmax: bags wait until there are enough for a batch. */
function trainAll(settings: Settings, kept: u32): void {
  const most = mostBags(settings)
  let bags: u32 = 0
  for (let t: u32 = 0; t < kept; t++) {
    if (!isTrained(settings, t)) continue
    if (bags > 0 && bags + most > BATCH) {
      trainBatches(settings, bags)
      bags = 0
    }
    const gathered = gather(settings, t, kept, bags)
    for (; bags < gathered; bags++) {
      store32(settings.outsides, bags, load32(settings.keptIds, t))
      settings.pairs += 1
    }
  }
  trainBatches(settings, bags)
}

/** Writes which kept words are trained and have a bag. */
function listTrained(settings: Settings, kept: u32): u32 {
  let trained: u32 = 0
  for (let t: u32 = 0; t < kept; t++)
    if (isTrained(settings, t) && isPredicted(settings, t, kept)) store32(settings.trained, trained++, t)
  return trained
}

/** Whether the kept token at t is a word of the block, and not one that is there for its windows. */
export function isTrained(settings: Settings, t: u32): bool {
  const place = load32(settings.keptPlace, t)
  if (place < settings.first || place >= settings.last) return false
  return <i32>load32(settings.keptIds, t) !== SENTENCE_END
}

export function positionOf(settings: Settings, t: u32): u64 {
  return settings.position + load32(settings.keptPlace, t)
}

/** Writes the tokens that sub-sampling keeps, with their windows' reach, and the ends of sentences. */
export function keepWords(settings: Settings): u32 {
  let kept: u32 = 0
  for (let i: u32 = 0; i < settings.count; i++) {
    const id = load32(settings.ids, i)
    const position = settings.position + i
    if (<i32>id !== SENTENCE_END) {
      if (draw(settings.keepKey, position) > load32(settings.keep, id)) continue
      store32(settings.keptReach, kept, reachAt(settings, position))
    }
    store32(settings.keptIds, kept, id)
    store32(settings.keptPlace, kept, i)
    kept++
  }
  return kept
}

/** How far the window of the center word at this position reaches: leastReach … window, all equally likely. */
function reachAt(settings: Settings, position: u64): u32 {
  const least = settings.leastReach
  return least + scale(draw(settings.windowKey, position), settings.window - least + 1)
}
