import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sigmoid } from '#equations/sigmoid'
import {
  compileTrainingKernels,
  fastestSimd,
  instantiateTrainingKernels,
  type Simd,
} from '#math/training-kernels'

const builds: Simd[] = fastestSimd() === 'relaxed' ? ['plain', 'relaxed'] : ['plain']
const AT = 65536
const COUNT = 65536
/** Of the bits of a float32: a prime, so that all last digits are met. Every float was scanned once, with stride 1. */
const STRIDE = 7919
const TINIEST = 0x2f800000 // 2⁻³², where σ is ½
const INFINITY = 0x7f800000

for (const simd of builds)
  test(`the ${simd} SIMD sigmoid is off by no more than it says, over the range of float32`, () => {
    const worst = { error: 0, above: 0, near: 0, far: 0 }
    for (const { x, found } of scan(simd)) {
      const truth = sigmoid(x)
      const error = Math.abs(found - truth)
      worst.error = Math.max(worst.error, error)
      if (x >= -87) worst[rangeOf(x)] = Math.max(worst[rangeOf(x)], error / truth)
      else if (!(found > 0 && found < 1.7e-38)) assert.fail(`σ(${x}) is ${found}`)
    }
    assert.ok(worst.error < 1.2e-7, `${worst.error}`)
    assert.ok(worst.above < 2e-7 && worst.near < 8e-7 && worst.far < 4e-6, JSON.stringify(worst))
  })

function rangeOf(x: number): 'above' | 'near' | 'far' {
  if (x >= 0) return 'above'
  return x >= -8 ? 'near' : 'far'
}

function* scan(simd: Simd): Generator<{ x: number; found: number }> {
  const memory = new WebAssembly.Memory({ initial: 8, maximum: 65536, shared: true })
  const kernels = instantiateTrainingKernels(compileTrainingKernels(simd), memory)
  const bits = new Uint32Array(memory.buffer, AT, COUNT)
  const numbers = new Float32Array(memory.buffer, AT, COUNT)
  const before = new Float32Array(COUNT)
  for (const sign of [0, 0x80000000])
    for (let first = TINIEST; first < INFINITY; first += COUNT * STRIDE) {
      for (let i = 0; i < COUNT; i++) bits[i] = sign + Math.min(first + i * STRIDE, INFINITY)
      before.set(numbers)
      kernels.sigmoids(AT, COUNT)
      for (let i = 0; i < COUNT; i++) yield { x: before[i]!, found: numbers[i]! }
    }
}
