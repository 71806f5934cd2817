import assert from 'node:assert/strict'
import { test } from 'node:test'
import { array, assert as check, constantFrom, integer, property } from 'fast-check'
import { checkCenter, checkOutput, TOLERANCE } from '../../studio/microscope/checks.js'
import { caseSpecimen, FIRST_SENTENCE, randomSpecimen, tokensOf } from '../../studio/microscope/specimen.js'
import {
  descended,
  lookedAt,
  moved,
  outsideOf,
  readingOf,
  redrawn,
  repeated,
  restarted,
  stepped,
  type View,
  viewOf,
  widened,
  withdrawn,
  withObjective,
} from '../../studio/microscope/view.js'

const first = viewOf(randomSpecimen(FIRST_SENTENCE, 5))
const sampled = withObjective(first, 'negative-sampling')

/** Anything that a reader can do to a view, chosen by a number. */
const deeds: readonly ((view: View, at: number) => View)[] = [
  (view, at) => moved(view, at % view.specimen.sentence.length),
  (view, at) => widened(view, 1 + (at % 4)),
  (view, at) => lookedAt(view, at % 5 === 0 ? 'window' : at % outsideOf(view).length),
  (view, at) => stepped(view, at % 2 === 0 ? 1 : -1),
  (view, at) => withObjective(view, at % 2 === 0 ? 'naive-softmax' : 'negative-sampling'),
  (view, at) => redrawn(view, 1 + (at % 10)),
  (view, at) => repeated(view, at % view.specimen.words.length),
  (view, at) => withdrawn(view, at % view.specimen.words.length),
  (view, at) => descended(view, 1 + (at % 2)),
  view => restarted(view),
]

test('whatever a reader does, there is a guess with right gradients', () => {
  const deed = constantFrom(...deeds).chain(act => integer({ min: 0, max: 99 }).map(at => ({ act, at })))
  check(
    property(array(deed, { maxLength: 12 }), sequence => {
      const reading = readingOf(sequence.reduce((view, { act, at }) => act(view, at), first))
      assert.ok(reading.guessed.length > 0)
      assert.ok(reading.loss > 0 && Number.isFinite(reading.loss))
      assert.ok(checkCenter(reading).largestError <= TOLERANCE)
      for (const word of reading.view.specimen.words.keys())
        assert.ok(checkOutput(reading, word).largestError <= TOLERANCE)
    }),
    { numRuns: 40 },
  )
})

test('noise words are never the word to be guessed, and the same ones come again', () => {
  for (let redraws = 0, view = sampled; redraws < 20; redraws++, view = redrawn(view)) {
    const outside = outsideOf(view)
    view.negatives.forEach((drawn, j) => {
      assert.equal(drawn.length, 4)
      assert.ok(!drawn.includes(outside[j]!))
    })
  }
  assert.deepEqual(redrawn(sampled).negatives, redrawn(sampled).negatives)
  assert.notDeepEqual(redrawn(sampled).negatives, sampled.negatives)
})

test('steps are counted with their losses, and starting over forgets them', () => {
  const after = descended(first, 5)
  assert.equal(after.steps, 5)
  assert.equal(after.losses.length, 6)
  assert.equal(after.losses.at(-1), readingOf(after).loss)
  assert.ok(after.losses.at(-1)! < after.losses[0]!)
  assert.deepEqual(restarted(after), first)
})

test('another guess keeps the vectors that were learned', () => {
  const after = stepped(descended(first, 3), 1)
  assert.notDeepEqual(after.outputVectors, first.outputVectors)
  assert.equal(after.steps, 0)
  assert.deepEqual(after.losses, [readingOf(after).loss])
})

test('walking through all guesses of a sentence comes back to the first', () => {
  const guesses = new Set<string>()
  let view = first
  do {
    guesses.add(`${view.position} ${view.looking}`)
    view = stepped(view, 1)
  } while (view.position !== first.position || view.looking !== first.looking)
  assert.equal(guesses.size, 34) // ten words with up to two on each side
  for (let i = 0; i < guesses.size; i++) view = stepped(view, -1)
  assert.deepEqual([view.position, view.looking], [first.position, first.looking])
})

test('a case of test vectors is looked at with its own noise words until others are drawn', () => {
  const rows = [[1], [2], [3]].map(row => Float64Array.from(row))
  const negatives = [
    [1, 1],
    [0, 2],
    [2, 2],
  ]
  const specimen = caseSpecimen({
    name: 'three',
    place: 'case "three"',
    center: 1,
    outside: [0, 2, 0],
    negatives,
    V: rows,
    U: rows,
    objectives: {},
  })
  const view = viewOf(specimen)
  assert.deepEqual(outsideOf(view), [0, 2, 0])
  assert.deepEqual(view.negatives, negatives)
  assert.notDeepEqual(redrawn(view).negatives, negatives)
})

test('a sentence is cut into words of any script', () => {
  assert.deepEqual(tokensOf('Don’t re-do it: 10 Ωmega, naïve_word — 猫!'), [
    'Don’t',
    're-do',
    'it',
    '10',
    'Ωmega',
    'naïve_word',
    '猫',
  ])
})
