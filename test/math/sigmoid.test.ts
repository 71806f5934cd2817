import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sigmoid } from '#equations/sigmoid'
import { fastestSimd, type Simd, type TrainingKernels, trainingModule } from '#training/training-kernels'
import { instantiate } from '#wasm/index'

const builds: Simd[] = fastestSimd() === 'relaxed' ? ['plain', 'relaxed'] : ['plain']
const AT = 65536
const COUNT = 65536
/** Of the bits of a float32: a prime, so that all last digits are met. */
const STRIDE = 7919
const TINIEST = 0x2f800000 // 2⁻³², where σ is ½
const INFINITY = 0x7f800000

for (const simd of builds)
  test(`the ${simd} SIMD sigmoid is off by no more than it says, over the range of float32`, () => {
    let absolute = 0
    let relative = 0
    for (const { x, found } of scan(simd)) {
      const truth = sigmoid(x)
      const error = Math.abs(found - truth)
      absolute = Math.max(absolute, error)
      if (x >= -87) relative = Math.max(relative, error / truth)
      else if (!(found > 0 && found < 1.7e-38)) assert.fail(`σ(${x}) is ${found}`)
    }
    assert.ok(absolute < 1.2e-7, `${absolute}`)
    assert.ok(relative < 2.5e-7, `${relative}`)
  })

function* scan(simd: Simd): Generator<{ x: number; found: number }> {
  const memory = new WebAssembly.Memory({ initial: 8, maximum: 65536, shared: true })
  const kernels = instantiate<TrainingKernels>(trainingModule(simd), memory)
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
