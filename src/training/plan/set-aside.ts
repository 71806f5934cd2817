import { noiseWeights } from '../../equations/inner.js'
import { option, say, type Words } from '../../errors.js'
import type { TokenIds } from '../../ids/index.js'
import { aliasTable, draw, keyOf, Purpose } from '../../math/index.js'
import type { Vocabulary } from '../../text/index.js'
import { allocateShared } from '../../wasm/index.js'
import type { TrainingOptions } from '../options/options.js'
import { BLOCK, stretchesIn, stretchOf } from './blocks.js'

/** Stretches of the text that are set aside, and the noise distribution to judge them with. */
export interface HeldOut {
  /** Blocks of positions in a stretch. */
  readonly stretch: number
  /** In ascending order; empty if nothing is held out. */
  readonly stretches: Uint32Array
  /** By stretch: 1 if it is set aside. */
  readonly isSetAside: Uint8Array
  /** Alias table over all words, in memory that threads share. */
  readonly noise: Uint32Array
}

/** Chooses stretches by chance, keyed by the seed: about `heldOut` of the text, at least one, never all. */
export function setAside(ids: TokenIds, vocabulary: Vocabulary, options: TrainingOptions): HeldOut {
  const stretch = stretchOf(ids.length)
  if (options.heldOut === 0)
    return {
      stretch,
      stretches: new Uint32Array(0),
      isSetAside: new Uint8Array(0),
      noise: new Uint32Array(0),
    }
  const key = keyOf(options.seed, Purpose.heldOut)
  const all = Array.from({ length: stretchesIn(ids.length) }, (_, index) => index)
  const order = all.toSorted((a, b) => draw(key, a) - draw(key, b) || a - b)
  const count = Math.min(all.length - 1, Math.max(1, Math.round(all.length * options.heldOut)))
  const noise = new Uint32Array(allocateShared(vocabulary.size * 8))
  aliasTable(noiseWeights(vocabulary.counts, options.noiseExponent), noise)
  const stretches = Uint32Array.from(order.slice(0, count)).sort()
  const isSetAside = new Uint8Array(all.length)
  for (const index of stretches) isSetAside[index] = 1
  return { stretch, stretches, isSetAside, noise }
}

/** Says that a text is too short to set anything aside; undefined if something is, or nothing was to be. */
export function nothingSetAside(
  { stretches }: HeldOut,
  { heldOut, patience }: Pick<TrainingOptions, 'heldOut' | 'patience'>,
): Words | undefined {
  if (heldOut === 0 || stretches.length > 0) return undefined
  const forever = patience > 0 ? say`, so that ${option('patience')} ends nothing` : ''
  return say`${option('heldOut')} is ${heldOut}, and nothing was set aside${forever}: the text has fewer than ${(BLOCK + 1).toLocaleString('en')} words and ends of sentences, and parts of ${BLOCK.toLocaleString('en')} are set aside`
}

/** Whether a block of positions is set aside. */
export function isHeldOut({ stretch, isSetAside }: HeldOut, block: number): boolean {
  return isSetAside[Math.floor(block / stretch)] === 1
}
