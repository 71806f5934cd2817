import { WordloomError } from '../../errors.js'
import type { OpenMoment } from '../../runs/index.js'
import type { Control } from '../../runs/inner.js'
import type { Classifier } from '../classifier.js'
import type { ClassifierMoment } from './classifier-call.js'
import { lineLosses } from './learned-classifier.js'

/** The moment, and the door to close when it is over. */
export function lineMoment(control: Control, learned: () => Classifier): OpenMoment<ClassifierMoment> {
  let over = false
  let stopAsked = false
  const { training, heldOut } = lineLosses(control)
  const moment: ClassifierMoment = {
    epoch: control.epochsDone,
    epochs: control.epochs,
    losses: training,
    heldOutLosses: heldOut,
    classifier() {
      if (!over) return learned()
      throw new WordloomError('usage', {
        action: 'copy the classifier',
        found: 'training has gone on',
        cure: 'ask for classifier() before the call is over',
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
