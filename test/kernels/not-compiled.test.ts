import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useKernels } from 'wordloom/kernels'
import { nodeAt } from '../threads/node-at.js'
import { answersOf } from './answers.js'

/** V8 without a compiler has no WebAssembly at all. */
function withoutCompiler(call: object) {
  const program = `
    import { answersOf } from ${JSON.stringify(import.meta.resolve('./answers.js'))}
    process.stdout.write(JSON.stringify(await answersOf(${JSON.stringify(call)})))`
  return nodeAt(['--jitless', '--no-warnings', '--input-type=module', '--eval', program])
}

test('where nothing is compiled, the twins read, train and search: the reference bytes, and the plain answers', async () => {
  const { code, stdout } = await withoutCompiler({})
  assert.equal(code, 0)
  const { warnings, ...answers } = JSON.parse(stdout)
  const { warnings: usual, ...expected } = await answersOf({ simd: 'none' })
  assert.deepEqual(answers, expected)
  assert.match(warnings[0], /^WebAssembly may not be compiled here, .* training runs in TypeScript/)
  assert.deepEqual(warnings.slice(1), usual)
})

test('a build of the kernels that was asked for is not replaced', async () => {
  for (const simd of ['plain', 'relaxed']) {
    const { stdout } = await withoutCompiler({ simd })
    const expected = new RegExp(
      `^Cannot train: simd is ${simd}, and WebAssembly may not be compiled here\\. Allow it`,
    )
    assert.match(JSON.parse(stdout).error, expected)
  }
})

test('kernels are given by the names of their files, and each is known by what it exports', () => {
  const empty = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0))
  const refused = (modules: object, message: RegExp) =>
    assert.throws(() => useKernels(modules), { code: 'usage', message })
  refused(
    { trainer: empty },
    /^Cannot use the kernel trainer: no kernel has this name; expected one of search, /,
  )
  refused(
    { text: empty },
    /^Cannot use the kernel text: it is the module of another file\. Import wordloom\/kernels\/text\.wasm\./,
  )
  refused({ text: {} }, /^Cannot use the kernel text: it is no module of WebAssembly\. /)
})

test('a thread that searches gets the kernel of the thread that starts it, and compiles none', async () => {
  const program = `
    import { postedKernel } from ${JSON.stringify(import.meta.resolve('#scan/index'))}
    import { scanService } from ${JSON.stringify(import.meta.resolve('#search/scan-service'))}
    import { SearchMatrix } from ${JSON.stringify(import.meta.resolve('#scan/index'))}
    const rows = SearchMatrix.allocate(8, 4)
    rows.matrix.data.fill(1)
    rows.measure(8)
    const given = postedKernel(rows.memory)
    WebAssembly.Module = class { constructor() { throw new WebAssembly.CompileError('not here') } }
    const { memory } = rows
    const task = { kind: 'float32', memory, rows: 8, columns: 4, kernel: given, slot: 1 }
    const next = new Int32Array(new SharedArrayBuffer(4))
    const found = scanService(task)({ queries: [Float32Array.of(1, 1, 1, 1)], count: 1, limit: 8, next })
    console.log(given.build, typeof given.module, JSON.stringify(found).length > 2)`
  const { code, stdout, stderr } = await nodeAt(['--input-type=module', '--eval', program])
  assert.deepEqual([code, stderr], [0, ''])
  assert.match(stdout, /^(relaxed|plain) object true\n$/)
})
