import { WordloomError } from '../../errors.js'
import type { OpenMoment } from '../../runs/index.js'
import type { EncodedCorpus } from '../../text/index.js'
import type { WordVectors } from '../../vectors/index.js'
import type { Run } from '../run/prepare.js'
import { learnedSoFar } from './learned.js'

/** Training as it stands while it waits for a call to end. */
export interface Moment {
  /** Counted from 1: the epoch at hand, or the one that has just ended. */
  readonly epoch: number
  readonly epochs: number
  /** Of the whole training, 0 … 1. */
  readonly fraction: number
  /** Mean per pair of each epoch that is done, in nats. */
  readonly losses: readonly number[]
  /** Losses on text set aside; empty without `heldOut`. */
  readonly heldOutLosses: readonly number[]
  /** Mean per pair of the epoch at hand so far; undefined before its first pair. */
  readonly loss: number | undefined
  /** The vectors as they are now, in memory of their own. Throws `usage` once training has gone on. */
  vectors(): WordVectors
  /** Ends training when the call is over; the result is then what was learned so far. */
  stop(): void
}

/** The moment, and the door to close when it is over. */
export function momentOf(run: Run, corpus: EncodedCorpus): OpenMoment<Moment> {
  const { control } = run
  let over = false
  let stopAsked = false
  const { pairs, loss } = control.epoch(control.epochsDone)
  const atHand = pairs > 0 && control.epochsDone < control.epochs
  const moment: Moment = {
    epoch: control.epochsDone + Number(atHand),
    epochs: control.epochs,
    fraction: fractionOf(run, corpus),
    losses: epochsDone(run).map(epoch => control.epoch(epoch).loss / control.epoch(epoch).pairs),
    heldOutLosses: epochsDone(run)
      .map(epoch => control.heldOutLoss(epoch))
      .filter(loss => !Number.isNaN(loss)),
    loss: atHand ? loss / pairs : undefined,
    vectors() {
      if (!over) return learnedSoFar(run, corpus).words
      throw new WordloomError('usage', {
        action: 'copy the vectors',
        found: 'training has gone on',
        cure: 'ask for vectors() before the call is over',
      })
    },
    stop() {
      stopAsked = true
    },
  }
  return {
    moment,
    stopAsked: () => stopAsked,
    end: () => {
      over = true
    },
  }
}

function epochsDone({ control }: Run): number[] {
  return Array.from({ length: control.epochsDone }, (_, epoch) => epoch)
}

/** Of all positions of all epochs. */
function fractionOf({ control }: Run, { ids }: EncodedCorpus): number {
  let positions = 0
  for (let epoch = 0; epoch < control.epochs; epoch++) positions += control.epoch(epoch).positions
  return positions / (control.epochs * ids.length)
}
