import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { checkTestVectors } from 'wordloom/solution'

const golden = fileURLToPath(new URL('../../../../shared/golden/equations.json', import.meta.url))

/** A file with one case, two words and one dimension: scores ln 3 and 0, so ŷ is ¾ and ¼. */
function smallFile() {
  return {
    sigmoid: { x: [0], sigma: [0.5], derivative: [0.25], logSigma: [-Math.LN2] },
    cases: [
      {
        name: 'small',
        center: 1,
        outside: [0],
        negatives: [[1, 1]],
        V: [[9], [1]],
        U: [[Math.log(3)], [0]],
        naiveSoftmax: {
          loss: -Math.log(0.75),
          gradV: [[0], [-0.25 * Math.log(3)]] as unknown,
          gradU: [[-0.25], [0.25]] as unknown,
          yHat: [0.75, 0.25],
        },
        negativeSampling: {
          loss: -Math.log(0.75) + 2 * Math.LN2,
          gradV: [[0], [-0.25 * Math.log(3)]] as unknown,
          gradU: [[-0.25], [1]] as unknown,
        },
      },
    ],
  }
}

/** The file after an edit to its only case, which may put anything anywhere. */
// biome-ignore lint/suspicious/noExplicitAny: malformed on purpose
function edited(edit: (testCase: any, file: any) => void): unknown {
  const file = smallFile()
  edit(file.cases[0], file)
  return file
}

test('every quantity of the golden test vectors is right to 1e-9', {
  skip: !existsSync(golden) && 'no ../shared/golden beside the checkout',
}, () => {
  const report = checkTestVectors(JSON.parse(readFileSync(golden, 'utf8')))
  assert.equal(report.cases.length, 8)
  assert.equal(report.sigmoid?.values, 18)
  for (const { name, quantities } of report.cases) {
    assert.equal(quantities.length, 7)
    for (const { objective, quantity, difference } of quantities)
      assert.ok(difference <= 1e-9, `${name}: ${objective} ${quantity} differs by ${difference}`)
  }
  assert.ok(report.largestDifference <= 1e-9)
})

test('a right file agrees, and the report tells the shape of each case', () => {
  const { sigmoid, cases, largestDifference } = checkTestVectors(smallFile())
  assert.ok(largestDifference < 1e-15)
  assert.equal(sigmoid?.values, 1)
  const [{ name, outsideWords, vocabularySize, dimensions, quantities }] = cases
  assert.deepEqual([name, outsideWords, vocabularySize, dimensions], ['small', 1, 2, 1])
  assert.deepEqual(
    quantities.map(({ objective, quantity }) => `${objective} ${quantity}`),
    [
      'naiveSoftmax loss',
      'naiveSoftmax gradV',
      'naiveSoftmax gradU',
      'naiveSoftmax yHat',
      'negativeSampling loss',
      'negativeSampling gradV',
      'negativeSampling gradU',
    ],
  )
})

test('a wrong number is found in its quantity and place, and nowhere else', () => {
  const report = checkTestVectors(edited(testCase => (testCase.negativeSampling.gradU[1][0] = 1.5)))
  assert.equal(report.largestDifference, 0.5 / 1.5)
  assert.equal(report.cases[0].largestDifference, 0.5 / 1.5)
  const wrong = report.cases[0].quantities.filter(({ difference }) => difference > 1e-7)
  assert.deepEqual(wrong, [
    {
      objective: 'negativeSampling',
      quantity: 'gradU',
      difference: 0.5 / 1.5,
      expected: 1.5,
      computed: 1,
      at: [1, 0],
    },
  ])
})

test('every number of a file counts', () => {
  const differs = (edit: Parameters<typeof edited>[0]) =>
    checkTestVectors(edited(edit)).largestDifference > 1e-7
  assert.ok(!differs(() => {}))
  for (const objective of ['naiveSoftmax', 'negativeSampling']) {
    assert.ok(differs(testCase => (testCase[objective].loss += 1e-6)))
    assert.ok(differs(testCase => (testCase[objective].gradV[0][0] = 1e-6)))
    assert.ok(differs(testCase => (testCase[objective].gradV[1][0] += 1e-6)))
    assert.ok(differs(testCase => (testCase[objective].gradU[0][0] -= 1e-6)))
  }
  assert.ok(differs(testCase => (testCase.naiveSoftmax.yHat[1] = 0.2500003)))
  assert.ok(differs((_, file) => (file.sigmoid.sigma[0] = 0)))
  assert.ok(differs((_, file) => (file.sigmoid.derivative[0] = 0)))
  assert.ok(differs((_, file) => (file.sigmoid.logSigma[0] = 0)))
})

test('gradients may list only their rows, as an object or as a list', () => {
  const sparse = edited(testCase => {
    testCase.naiveSoftmax.gradV = { 1: [-0.25 * Math.log(3)] }
    testCase.negativeSampling.gradU = [
      { row: 1, gradient: [1] },
      { row: 0, gradient: [-0.25] },
    ]
  })
  assert.ok(checkTestVectors(sparse).largestDifference < 1e-15)
  // A row left out claims to be zero, and here is not.
  const lacking = edited(testCase => (testCase.negativeSampling.gradU = { 1: [1] }))
  assert.equal(checkTestVectors(lacking).largestDifference, 0.25)
})

test('either objective, and the sigmoid table, may be absent', () => {
  const naive = checkTestVectors(
    edited((testCase, file) => {
      delete file.sigmoid
      delete testCase.negatives
      delete testCase.negativeSampling
      delete testCase.naiveSoftmax.yHat
    }),
  )
  assert.equal(naive.sigmoid, undefined)
  assert.deepEqual(
    naive.cases[0].quantities.map(({ quantity }) => quantity),
    ['loss', 'gradV', 'gradU'],
  )
  const sampled = checkTestVectors(edited(testCase => (testCase.naiveSoftmax = null)))
  assert.deepEqual(
    sampled.cases[0].quantities.map(({ objective }) => objective),
    Array(3).fill('negativeSampling'),
  )
})

test('a malformed file is refused, with the case, the field and what was expected', () => {
  // biome-ignore lint/suspicious/noExplicitAny: malformed on purpose
  const malformed: [edit: (testCase: any, file: any) => void, message: RegExp][] = [
    [(_, file) => (file.cases = []), /^cases is a list of 0; expected at least one case$/],
    [(_, file) => (file.cases = 'none'), /^cases is "none"; expected a list of cases$/],
    [(_, file) => (file.cases = [3]), /^case 1 is 3; expected an object/],
    [
      (_, file) => file.sigmoid.sigma.push(1),
      /^sigmoid: sigma is a list of 2; expected a list of 1 numbers$/,
    ],
    [
      (_, file) => {
        delete file.cases
        delete file.sigmoid
      },
      /^cases is missing; expected a list of cases$/,
    ],
    [(_, file) => (file.sigmoid.x = []), /^sigmoid: x is a list of 0; expected at least one number$/],
    [(_, file) => delete file.sigmoid.x, /^sigmoid: x is missing; expected a list of numbers$/],
    [testCase => (testCase.name = [3]), /^case 1: name is a list of 1; expected a text$/],
    [
      testCase => delete testCase.center,
      /^case "small": center is missing; expected a whole number from 0 to 1$/,
    ],
    [testCase => (testCase.center = 2), /^case "small": center is 2; expected a whole number from 0 to 1$/],
    [
      testCase => (testCase.outside = [0.5]),
      /^case "small": outside\[0\] is 0.5; expected a whole number from 0 to 1$/,
    ],
    [testCase => (testCase.outside = 'a'), /^case "small": outside is "a"; expected a list of words$/],
    [testCase => delete testCase.negatives, /^case "small": negatives is missing; expected 1 lists of words/],
    [
      testCase => (testCase.negatives = [[0], [1]]),
      /^case "small": negatives is a list of 2; expected 1 lists/,
    ],
    [
      testCase => (testCase.negatives = [[-1]]),
      /^case "small": negatives\[0\]\[0\] is -1; expected a whole number/,
    ],
    [testCase => (testCase.V = []), /^case "small": V is a list of 0; expected at least one row$/],
    [
      testCase => (testCase.V = [[], []]),
      /^case "small": V\[0\] is a list of 0; expected at least one number$/,
    ],
    [
      testCase => (testCase.V = [[1], [1, 2]]),
      /^case "small": V\[1\] is a list of 2; expected a list of 1 numbers$/,
    ],
    [testCase => testCase.U.pop(), /^case "small": U is a list of 1; expected 2 rows/],
    [testCase => (testCase.U[1] = ['x']), /^case "small": U\[1\]\[0\] is "x"; expected a finite number$/],
    [testCase => (testCase.U[1] = [Number.POSITIVE_INFINITY]), /^case "small": U\[1\]\[0\] is Infinity/],
    [
      testCase => (testCase.naiveSoftmax = []),
      /^case "small": naiveSoftmax is a list of 0; expected an object/,
    ],
    [
      testCase => (testCase.naiveSoftmax = { cost: 1 }),
      /^case "small": naiveSoftmax: loss is missing; expected a number, or any of gradV, gradU, yHat$/,
    ],
    [
      testCase => (testCase.naiveSoftmax.loss = '1'),
      /^case "small": naiveSoftmax: loss is "1"; expected a finite/,
    ],
    [
      testCase => testCase.naiveSoftmax.gradU.pop(),
      /^case "small": naiveSoftmax: gradU is a list of 1; expected 2/,
    ],
    [
      testCase => testCase.naiveSoftmax.yHat.pop(),
      /^case "small": naiveSoftmax: yHat is a list of 1; expected a list/,
    ],
    [
      testCase => (testCase.negativeSampling.gradU = { 2: [0] }),
      /gradU: key is 2; expected a whole number from 0 to 1$/,
    ],
    [
      testCase => (testCase.negativeSampling.gradU = { '01': [0] }),
      /gradU: key is "01"; expected the number of a word/,
    ],
    [
      testCase => (testCase.negativeSampling.gradU = [{ row: 0 }]),
      /gradU\[0\]: gradient is missing; expected a list/,
    ],
    [
      testCase => (testCase.negativeSampling.gradU = [0, 0].map(row => ({ row, gradient: [1] }))),
      /gradU\[1\]: row is 0; expected each row once$/,
    ],
    [
      testCase => Object.assign(testCase, { V: [[1e200], [1e200]], U: [[1e200], [1]] }),
      /^case "small": the score of/,
    ],
  ]
  for (const [edit, message] of malformed)
    assert.throws(() => checkTestVectors(edited(edit)), { name: 'WordloomError', code: 'bad-data', message })
  for (const file of [null, 3, 'text', [], {}])
    assert.throws(() => checkTestVectors(file), { name: 'WordloomError', code: 'bad-data' })
})
