import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import katex from 'katex'
import * as equations from 'wordloom/equations'
import { inConvention, naiveSoftmax, sigmoidDerivative } from 'wordloom/equations'
import {
  checkStatements,
  differenceOf,
  type Example,
  exampleNumbers,
  type Statement,
  statements,
  statementTolerances,
  type Verdict,
} from 'wordloom/solution'
import { Random } from '#math/random'
import { assertClose } from '../equations/closeness.js'
import { randomVector } from '../equations/shapes.js'

function statement(id: string): Statement {
  const found = statements.find(statement => statement.id === id)
  assert.ok(found, `there is no statement ${id}`)
  return found
}

/** What a statement comes to on the example, followed to the letter and put right. */
function both(id: string, example: Example = exampleNumbers) {
  const { compute, computeAsWritten } = statement(id)
  return { right: compute(example), letter: computeAsWritten(example) }
}

/** Small random examples; slips show in most of them. */
const randomExample: fc.Arbitrary<Example> = fc
  .record({
    words: fc.integer({ min: 2, max: 8 }),
    dimensions: fc.integer({ min: 1, max: 5 }),
    draws: fc.integer({ min: 1, max: 8 }),
    sentenceLength: fc.integer({ min: 1, max: 6 }),
    reach: fc.integer({ min: 1, max: 4 }),
    convention: fc.constantFrom('rows', 'columns'),
    seed: fc.nat(),
  })
  .map(({ words, dimensions, draws, sentenceLength, reach, convention, seed }) => {
    const random = new Random(seed, 0)
    const word = () => random.below(words)
    const matrix = () => Array.from({ length: words }, () => randomVector(random, dimensions, 1.5))
    const outside = word()
    const center = word()
    const position = random.below(sentenceLength)
    return {
      inputVectors: matrix(),
      outputVectors: matrix(),
      center,
      outside,
      other: (outside + 1 + random.below(words - 1)) % words,
      negatives: Array.from({ length: draws }, word),
      sentence: Array.from({ length: sentenceLength }, (_, t) => (t === position ? center : word())),
      position,
      reach,
      x: randomVector(random, 1, 10)[0],
      convention,
    }
  })

test('there are 44 statements, in order, with the verdicts that were found', () => {
  const byVerdict = (verdict: Verdict) =>
    statements.filter(statement => statement.verdict === verdict).map(statement => statement.id)
  assert.equal(statements.length, 44)
  assert.equal(new Set(statements.map(({ id }) => id)).size, 44)
  for (const { id, question } of statements) assert.ok(id.startsWith(`${question}.`))
  assert.deepEqual(
    byVerdict('slip').join(' '),
    '1.2 1.3 2.7 2.8 2.9 3.2–3.7 3.9 3.10–3.13 3.14 3.15 4.2 5.8 5.10 5.13',
  )
  assert.deepEqual(byVerdict('condition').join(' '), '1.1 2.10 2.11 5.1 5.6 5.12 5.14 6.1 6.2')
  assert.equal(byVerdict('right').length, 21)
})

test('every right form is the truth on the example, and every letter is off exactly where it should be', () => {
  for (const convention of ['rows', 'columns'] as const)
    for (const check of checkStatements({ ...exampleNumbers, convention }))
      assert.ok(check.passed, JSON.stringify(check))
  for (const { id, verdict, isHarmless } of checkStatements())
    if (verdict === 'slip') assert.ok(!isHarmless, `the slip of ${id} should show in the example`)
})

test('the same holds on random examples, with words in rows or columns', () => {
  fc.assert(
    fc.property(randomExample, example => {
      for (const check of checkStatements(example)) assert.ok(check.passed, JSON.stringify(check))
    }),
    { numRuns: 150 },
  )
})

test('a right statement is never off, and a slip shows somewhere', () => {
  for (const statement of statements)
    if (statement.verdict === 'right')
      assert.deepEqual(
        [statement.written, statement.slips, statement.isHarmless(exampleNumbers)],
        [statement.right, [], true],
      )
    else assert.notEqual(statement.why, '')
  for (const { id, verdict, slips, written, right } of statements)
    if (verdict === 'slip') assert.ok(slips.length > 0 && written !== right, id)
})

test('a table with a wrong right form, or a slip that does not show, fails its check', () => {
  const broken = { ...statement('4.2'), compute: statement('4.2').computeAsWritten }
  const blind = { ...statement('4.2'), computeAsWritten: statement('4.2').compute }
  const [wrong, unseen] = checkStatements(exampleNumbers, [broken, blind])
  assert.deepEqual([wrong.passed, unseen.passed], [false, false])
  assert.ok(wrong.difference > statementTolerances['central differences'])
})

test('slip 1.2: by the letter only word number 0 would drop out', () => {
  const { right, letter } = both('1.2')
  assert.deepEqual(
    right.flatMap(row => [...row]),
    [0, 1, 1, 1, 1],
  )
  assert.deepEqual(
    letter.flatMap(row => [...row]),
    [1, 0, 0, 0, 0],
  )
})

test('slip 1.3: by the letter the loss would be negative', () => {
  const { right, letter } = both('1.3')
  assert.ok(right[0][0] > 0)
  assert.equal(letter[0][0], -right[0][0])
})

test('slips 2.7 to 2.9: by the letter NumPy would give a matrix d×d, whose diagonal alone is right', () => {
  for (const id of ['2.7', '2.8', '2.9']) {
    const { right, letter } = both(id)
    assert.deepEqual([right.length, right[0].length, letter.length, letter[0].length], [3, 1, 3, 3])
    for (const [i, [value]] of right.entries()) assertClose(letter[i][i], value, 1e-12)
    assert.ok(Math.abs(letter[0][1] - right[0][0]) > 0.1)
  }
})

test('slips 3.2–3.7 and 3.14: the numbers are right, but lie down', () => {
  for (const id of ['3.2–3.7', '3.14']) {
    const { right, letter } = both(id)
    assert.deepEqual([right.length, letter.length], [3, 1])
    for (const [i, [value]] of right.entries()) assertClose(letter[0][i], value, 1e-12)
    assert.equal(differenceOf(letter, right), Number.POSITIVE_INFINITY)
  }
})

test('slips 3.9 and 3.10–3.13: with one letter for two indices the probability is lost', () => {
  const centerVector = exampleNumbers.inputVectors[exampleNumbers.center]
  for (const id of ['3.9', '3.10–3.13']) {
    const letter = both(id).letter.flatMap(row => [...row])
    for (const [i, value] of letter.entries()) assertClose(value, centerVector[i], 1e-9)
    assert.ok(Math.abs(both(id).right[0][0] - centerVector[0]) > 0.1)
  }
})

test('slip 3.15: the label names d numbers, the right side has |V|·d; in columns it is transposed', () => {
  const { right, letter } = both('3.15')
  assert.deepEqual([right.length, right[0].length, letter.length, letter[0].length], [5, 3, 3, 1])
  for (const [i, [value]] of letter.entries()) assertClose(value, right[exampleNumbers.other][i], 1e-12)
  const turned = both('3.15', { ...exampleNumbers, convention: 'columns' }).right
  assert.deepEqual([turned.length, turned[0].length], [3, 5])
  assert.deepEqual(turned, inConvention(right, 'columns'))
})

test('slip 4.2: by the letter the slope has the other sign at every x', () => {
  for (const x of [-3, 0, 0.7, 5]) {
    const { right, letter } = both('4.2', { ...exampleNumbers, x })
    assertClose(right[0][0], sigmoidDerivative(x), 1e-15)
    assertClose(letter[0][0], -sigmoidDerivative(x), 1e-15)
  }
})

test('slips 5.8 and 5.10: the label leads to another vector', () => {
  assert.ok(differenceOf(both('5.8').letter, statement('5.4–5.5').compute(exampleNumbers)) < 1e-15)
  assert.ok(differenceOf(both('5.8').letter, both('5.8').right) > 0.5)
  const { letter } = both('5.10')
  const ratios = letter.map(([value], i) => value / exampleNumbers.outputVectors[exampleNumbers.other][i])
  for (const ratio of ratios) assertClose(ratio, ratios[0], 1e-12)
})

test('conditions 5.1, 5.6 and 5.12: a word drawn three times counts three times, a drawn target is pushed too', () => {
  const once = { ...exampleNumbers, negatives: [3, 1] }
  for (const id of ['5.1', '5.6', '5.12']) {
    assert.ok(!statement(id).isHarmless(exampleNumbers))
    assert.ok(differenceOf(both(id).letter, both(id).right) > 0.1)
    assert.ok(statement(id).isHarmless(once))
    assert.ok(differenceOf(both(id, once).letter, both(id, once).right) < 1e-9)
  }
  const { right, letter } = both('5.12')
  for (const [i, [value]] of right.entries()) assertClose(value, 3 * letter[i][0], 1e-12)
  const undrawn = both('5.12', { ...exampleNumbers, negatives: [1] })
  assert.ok(undrawn.right.every(([value]) => value === 0) && undrawn.letter.some(([value]) => value !== 0))
})

test('slip 5.13 and condition 5.14: what is read and kept, counted', () => {
  assert.deepEqual([both('5.13').right[0][0], both('5.13').letter[0][0]], [18, 30])
  assert.deepEqual([both('5.14').right[0][0], both('5.14').letter[0][0]], [9, 15])
})

test('conditions 6.1 and 6.2: the letter holds for a full window of one word only', () => {
  const full = { ...exampleNumbers, sentence: [0, 2, 0], position: 1, reach: 1 }
  for (const id of ['6.1', '6.2']) {
    assert.ok(statement(id).isHarmless(full) && !statement(id).isHarmless({ ...full, reach: 2 }))
    assert.ok(differenceOf(both(id, full).letter, both(id, full).right) < 1e-12)
  }
})

test('conditions 2.10 and 2.11: with words in columns the product does not fit, or is wrong where U is square', () => {
  const columns = { ...exampleNumbers, convention: 'columns' } as const
  const square = { ...columns, outputVectors: Array.from(exampleNumbers.outputVectors).slice(0, 3), other: 1 }
  for (const id of ['2.10', '2.11']) {
    assert.deepEqual(both(id, columns).letter, [])
    assert.deepEqual(both(id, columns).right, both(id).right)
    assert.ok(differenceOf(both(id, square).letter, both(id, square).right) > 0.1)
  }
})

test('every formula of the table is TeX, and every function and equation that it names is there', () => {
  for (const { id, written, right, rightInColumns, functions, equations: numbers } of statements) {
    for (const formula of [written, right, rightInColumns ?? ''])
      assert.doesNotThrow(() => katex.renderToString(formula, { strict: 'error', throwOnError: true }), id)
    assert.ok(functions.length > 0 && numbers.length > 0)
    for (const name of functions)
      assert.equal(typeof (equations as Record<string, unknown>)[name], 'function')
  }
})

test('naive softmax reads all of U and one row of V, whatever |V| is', () => {
  fc.assert(
    fc.property(randomExample, example => {
      const [[counted]] = statement('5.13').measure(example)
      const { centerGradient } = naiveSoftmax({
        centerVector: example.inputVectors[example.center],
        outside: example.outside,
        outputVectors: example.outputVectors,
      })
      assert.equal(counted, (example.outputVectors.length + 1) * centerGradient.length)
    }),
    { numRuns: 30 },
  )
})
