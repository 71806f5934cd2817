// Walks a block of ids: sub-samples it, shrinks the windows, and trains every pair (center, outside) whose
// outside word lies in the block. The pairs of one outside word share its negative samples.

import { chooseNegativeSamples } from './negative-sampling'
import { draw, scale } from './random'
import { load32, Settings, store32 } from './settings'
import { step } from './step'

export const SENTENCE_END: i32 = -1

export function trainWindows(settings: Settings): void {
  const kept = keepWords(settings)
  for (let t: u32 = 0; t < kept; t++) {
    const place = load32(settings.keptPlace, t)
    const outside = <i32>load32(settings.keptIds, t)
    if (place < settings.first || place >= settings.last || outside === SENTENCE_END) continue
    const centers = centersReaching(settings, t, kept)
    if (centers === 0) continue
    const rows = chooseNegativeSamples(settings, outside, settings.position + place)
    trainTogether(settings, centers, rows)
    settings.pairs += <f64>centers
  }
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

/** Collects the center words whose shrunken windows reach the outside word at t; returns how many. */
export function centersReaching(settings: Settings, t: u32, kept: u32): u32 {
  let centers: u32 = 0
  for (let s = <i32>t - 1; s >= 0 && t - s <= settings.window; s--) {
    if (<i32>load32(settings.keptIds, s) === SENTENCE_END) break
    if (t - s <= load32(settings.keptReach, s))
      store32(settings.centers, centers++, load32(settings.keptIds, s))
  }
  for (let s = t + 1; s < kept && s - t <= settings.window; s++) {
    if (<i32>load32(settings.keptIds, s) === SENTENCE_END) break
    if (s - t <= load32(settings.keptReach, s))
      store32(settings.centers, centers++, load32(settings.keptIds, s))
  }
  return centers
}

/** Hidden rows go two at a time; an odd one, or one of two equal rows, is paired with the null row. */
function trainTogether(settings: Settings, centers: u32, rows: u32): void {
  let i: u32 = 0
  while (i < centers) {
    const first = load32(settings.centers, i++)
    let b = settings.nullRow
    if (i < centers && load32(settings.centers, i) !== first)
      b = inputRow(settings, load32(settings.centers, i++))
    step(settings, inputRow(settings, first), b, rows)
  }
}

function inputRow(settings: Settings, id: u32): u32 {
  return settings.inputVectors + id * settings.rowBytes
}
