// Walks a block of ids: sub-samples it, shrinks the windows, and trains every pair of a hidden row and a word to
// predict that lies in the block. In skip-gram the pairs of one outside word share its negative samples.

import { trainBags, trainTwoBags } from './bags'
import { trainCenters } from './centers'
import { CBOW, gather } from './gather'
import { choosePath } from './hierarchical-softmax'
import { chooseNegativeSamples } from './negative-sampling'
import { draw, scale } from './random'
import { load32, Settings, store32 } from './settings'
import { BATCH, trainBatches } from './softmax'

export const SENTENCE_END: i32 = -1

const NEGATIVE_SAMPLING: u32 = 0
const SOFTMAX: u32 = 2
/** Two words that share their negative samples are none of these. */
const FEWEST_WORDS: u32 = 8

/** Gathers bags that predict a word, chooses the labelled rows they are trained against, and trains them. */
export function trainWindows(settings: Settings): void {
  const kept = keepWords(settings)
  if (settings.objective === SOFTMAX) trainAll(settings, kept)
  else if (!sharesRows(settings)) trainInOrder(settings, kept)
  else if (settings.architecture === CBOW) trainInTwos(settings, kept)
  else trainCenters(settings, kept)
}

/**
 * One bag a word cannot fill a step of two, nor does it pay to gather a bag of sub-words for each pair; but two
 * words must leave some to draw from.
 */
function sharesRows(settings: Settings): bool {
  return (
    (settings.architecture === CBOW || settings.wordRowStarts !== 0) &&
    settings.objective === NEGATIVE_SAMPLING &&
    settings.words >= FEWEST_WORDS
  )
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
  return settings.objective === NEGATIVE_SAMPLING
    ? chooseNegativeSamples(settings, outside, outside, positionOf(settings, t))
    : choosePath(settings, outside)
}

/**
 * A word of the first half of the block and one of the second share their negative samples: the two
 * are far apart in the text.
 */
function trainInTwos(settings: Settings, kept: u32): void {
  const trained = listTrained(settings, kept)
  const half = trained >> 1
  for (let k: u32 = 0; k < half; k++)
    trainTwoWords(settings, load32(settings.trained, k), load32(settings.trained, k + half), kept)
  if (trained & 1) trainOneWord(settings, load32(settings.trained, trained - 1), kept)
  settings.pairs += <f64>trained
}

function trainTwoWords(settings: Settings, s: u32, t: u32, kept: u32): void {
  gather(settings, t, kept, gather(settings, s, kept, 0))
  const first = load32(settings.keptIds, s)
  const second = load32(settings.keptIds, t)
  trainTwoBags(settings, chooseNegativeSamples(settings, first, second, positionOf(settings, s)))
}

function trainOneWord(settings: Settings, t: u32, kept: u32): void {
  gather(settings, t, kept, 0)
  trainBags(settings, 1, chooseRows(settings, t))
}

/** Exact softmax: bags wait until there are enough for a batch. */
function trainAll(settings: Settings, kept: u32): void {
  const most = settings.architecture === CBOW ? 1 : 2 * settings.window
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
    if (isTrained(settings, t) && gather(settings, t, kept, 0) > 0) store32(settings.trained, trained++, t)
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
      store32(settings.keptReach, kept, 1 + scale(draw(settings.windowKey, position), settings.window))
    }
    store32(settings.keptIds, kept, id)
    store32(settings.keptPlace, kept, i)
    kept++
  }
  return kept
}
