// The loss and gradients of one word pair, and their proof by central differences.
//   node examples/gradient.js
import { checkGradient, negativeSampling } from 'wordloom/equations'

const centerVector = [0.3, -0.2, 0.5]
const outputVectors = [
  [0.1, 0.4, -0.3],
  [-0.5, 0.2, 0.1],
  [0.2, 0.2, 0.6],
]
const pair = { centerVector, outside: 0, negatives: [1, 2, 2], outputVectors } // a word drawn twice counts twice
const { loss, centerGradient, outputGradient } = negativeSampling(pair)
console.log(`loss ${loss.toFixed(6)}, gradient by the center word's vector ${[...centerGradient].map(x => x.toFixed(4))}`)
for (const [word, gradient] of outputGradient)
  console.log(`gradient by output vector ${word}: ${[...gradient].map(x => x.toFixed(4))}`)

const lossAt = ([vector]) => negativeSampling({ ...pair, centerVector: vector }).loss
const check = checkGradient(lossAt, [centerVector], [centerGradient])
console.log(`central differences agree to ${check.largestError.toExponential(1)}`)
