import {
  drawCurves,
  judgingOptionTable,
  labelledLineOptionTable,
  pointAtPrecision,
  pointAtRecall,
  testClassifier,
} from '../../classification/index.js'
import { WordloomError } from '../../errors.js'
import { writeWhole } from '../../files/index.js'
import { number } from '../../options/index.js'
import { classifierInput, cleaningFlags, labelledFlags } from '../flags/classify.js'
import { openClassifier } from '../flags/cleaned-classifier.js'
import { classifierTestTable } from '../tables/classifier-test-table.js'
import { warn } from '../terminal/terminal.js'
import { chosen } from '../verb/flags.js'
import { verb } from '../verb/verb.js'

const { curves: _, ...judging } = judgingOptionTable

export const testOn = verb({
  name: 'test',
  summary: 'judge a classifier on lines with labels',
  description:
    'Tells how many labels are right: precision, the share of the labels given that are right, and recall, the share of the lines’ ' +
    'own labels that are given; for each label, which labels are taken for which, and whether probabilities are as large as ' +
    'answers are often right. Accuracy is the share of lines whose most probable label is one of theirs; "F1, all labels alike" is the ' +
    'mean over labels (macro F1); "95 %" are the bounds for 95 of 100 draws of as many lines.',
  examples: [
    ['wordloom classify test model.ftz others.txt', 'tables'],
    ['wordloom classify test model.ftz others.csv --curve curve.svg', 'with a picture'],
    ['wordloom classify test m.bin a.txt --unknown-labels dropped', 'as fasttext test counts'],
    ['wordloom classify test m.ftz a.txt --precision-at-recall 0.9', 'a point of the curve'],
  ],
  inputs: {
    model: classifierInput,
    lines: {
      many: true,
      file: 'read',
      help: 'files with labelled lines (.gz and .zst too), folders, globs, or -',
    },
  },
  flags: {
    ...judging,
    curve: { kind: 'file', use: 'write', help: 'where a picture of precision against recall goes, an .svg' },
    precisionAtRecall: number(undefined, 0, 1, 'tell the best precision at a recall of at least so much', {
      otherwise: 'not told',
    }),
    recallAtPrecision: number(undefined, 0, 1, 'tell the best recall at a precision of at least so much', {
      otherwise: 'not told',
    }),
    ...cleaningFlags,
    ...labelledFlags,
  },
  plan(_, { curve }) {
    if (curve === undefined || /\.svg$/i.test(curve)) return {}
    throw new WordloomError('usage', {
      action: `write ${curve}`,
      found: 'its ending is not that of the picture',
      expected: 'a name that ends in .svg',
    })
  },
  async run({ model, lines }, flags) {
    const { curve, precisionAtRecall: recall, recallAtPrecision: precision } = flags
    const classifier = await openClassifier(model, flags)
    const test = await testClassifier(classifier, lines, {
      ...chosen(judging, flags),
      ...chosen(labelledLineOptionTable, flags),
      curves: curve !== undefined || recall !== undefined || precision !== undefined,
      onWarning: warn,
    })
    if (curve !== undefined) await writeWhole(curve, [new TextEncoder().encode(drawCurves(test))])
    const all = test.curves?.all ?? []
    const points = {
      ...(recall !== undefined && { pointAtRecall: pointAtRecall(all, recall) }),
      ...(precision !== undefined && { pointAtPrecision: pointAtPrecision(all, precision) }),
    }
    const shares = {
      ...(recall !== undefined && { precisionAtRecall: points.pointAtRecall?.precision ?? null }),
      ...(precision !== undefined && { recallAtPrecision: points.pointAtPrecision?.recall ?? null }),
    }
    return {
      json: { ...test, ...shares, ...points },
      text: () => classifierTestTable(test, { ...points, recall, precision, curve }),
    }
  },
})
