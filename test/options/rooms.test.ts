import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { train, WordloomError } from 'wordloom'
import { assignmentChecks, checksOptionTable, treebankOptionTable } from 'wordloom/assignment'
import {
  align,
  commonOptionTable,
  compareModels,
  comparisonOptionTable,
  drift,
  driftOptionTable,
} from 'wordloom/comparison'
import { DocumentInference, inferenceOptionTable } from 'wordloom/documents'
import { graphOptionTable, readGraph, walkOptionTable, walks } from 'wordloom/graphs'
import { learnPhrases, phraseOptionTable } from 'wordloom/phrases'
import { predictionOptionTable, WordPrediction } from 'wordloom/prediction'
import { softCosine, softCosineOptionTable, type WordVectors } from 'wordloom/vectors'
import { costOptionTable, measureCost } from '#cost/index'
import { fits, type Option, type OptionTable, valuesOf } from '#options/index'
import { optionTable } from '#training/options/option-table'
import { completeOptions } from '#training/options/options'
import { planted, settings } from '../documents/planted-documents.js'

/** A table, and the call whose options are in it. */
interface Call {
  readonly table: OptionTable
  readonly call?: (given: object) => unknown
}

let model: WordVectors
before(async () => {
  const documents = { lines: planted(4, 1) }
  model = (await train(documents, { ...settings, epochs: 1, architecture: 'pv-dbow' })).vectors
})

const calls: Readonly<Record<string, Call>> = {
  training: { table: optionTable, call: completeOptions },
  phrases: { table: phraseOptionTable, call: given => learnPhrases([['a', 'b']], given) },
  walks: {
    table: walkOptionTable,
    call: async given => [...walks(await readGraph([['a', 'b']]), given)],
  },
  graphs: { table: graphOptionTable, call: given => readGraph([['a', 'b']], given) },
  inference: {
    table: inferenceOptionTable,
    call: given => new DocumentInference(model).infer('shared1 shared2', given),
  },
  prediction: {
    table: predictionOptionTable,
    call: given => new WordPrediction(model).predict([], { document: model.vector('shared1')!, ...given }),
  },
  'soft cosine': {
    table: softCosineOptionTable,
    call: given => softCosine(model, ['shared1'], ['shared2'], given),
  },
  alignment: { table: commonOptionTable, call: given => align(model, model, given) },
  comparison: { table: comparisonOptionTable, call: given => compareModels(model, model, given) },
  drift: { table: driftOptionTable, call: given => drift(model, model, given) },
  cost: { table: costOptionTable, call: measureCost },
  'checks of the assignment': { table: checksOptionTable, call: assignmentChecks },
  'the assignment on the treebank': { table: treebankOptionTable },
}

for (const [room, { table, call }] of Object.entries(calls)) {
  test(`${room}: an option can have its default and both its ends, and no help repeats them`, () => {
    for (const [name, known] of Object.entries(table)) {
      const { default: value, help, otherwise } = known
      assert.ok(value === undefined ? otherwise : fits(known, value), name)
      assert.doesNotMatch(help, /default|^\s*$|[.\s]$|^[A-Z][a-z]/, name)
      for (const end of endsOf(known)) assert.ok(fits(known, end), `${name} ${end}`)
    }
  })

  if (call)
    test(`${room}: what an option cannot be is refused, with its name and what it may be`, async () => {
      for (const [name, known] of Object.entries(table))
        for (const value of wrongValues(known)) {
          const error = await thrownBy(() => call({ [name]: value }))
          const shown = `${name} ${String(value)}: ${error}`
          assert.ok(error instanceof WordloomError && error.code === 'usage', shown)
          assert.ok(error.message.includes(`${name} is `), shown)
          assert.ok(error.message.includes(`; expected ${valuesOf(known)}`), shown)
        }
    })
}

async function thrownBy(work: () => unknown): Promise<unknown> {
  try {
    await work()
  } catch (error) {
    return error
  }
  return undefined
}

function endsOf(known: Option): unknown[] {
  if (known.kind === 'integer' || known.kind === 'number') return [known.min, known.max]
  if (known.kind !== 'numbers') return []
  return [known.each.min, known.each.max].map(end => Array.from({ length: known.least }, () => end))
}

function wrongValues(known: Option): unknown[] {
  if (known.kind === 'choice') return ['nobody', '', 7, null]
  if (known.kind === 'flag') return ['yes', 1, null]
  if (known.kind === 'text') return [7, null, ['_']]
  if (known.kind === 'words') return ['word', [7], null]
  if (known.kind !== 'numbers') return wrongNumbers(known)
  const { each, least } = known
  const lists = wrongNumbers(each).map(wrong => Array.from({ length: least }, () => wrong))
  return [...lists, [], 'ten', null]
}

/** Just outside of both ends, and what is no number, or no whole one. */
function wrongNumbers({ kind, min, max }: { kind: string; min: number; max: number }): unknown[] {
  const step = kind === 'integer' ? 1 : 1e-9
  const outside = [min - step, max + step].filter(value => value < min || value > max)
  const broken = kind === 'integer' ? [min + 0.5] : []
  return [...outside, ...broken, Number.NaN, Number.POSITIVE_INFINITY, String(min), true, null]
}
