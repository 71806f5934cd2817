import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { build } from 'esbuild'
import { answersOf } from '../kernels/answers.js'
import { classifierAnswers } from './classifier-answers.js'
import { projectWithWordloom } from './installed.js'
import { outputOf, runtime } from './runtime.js'
import { serverAnswers } from './server-answers.js'

const workerd = runtime('workerd', ['test'])
const KERNELS = ['search', 'text', 'training']
const COMPILED = 'node_modules/wordloom/dist/kernels'

/** Gives the kernels, which have to be there before anything is asked. */
const head = [
  ...KERNELS.map(name => `import ${name} from 'wordloom/kernels/${name}.wasm'`),
  "import { useKernels } from 'wordloom/kernels'",
  `useKernels({ ${KERNELS.join(', ')} })`,
].join('\n')

let project: string

before(async () => {
  if (workerd.skip) return
  project = projectWithWordloom()
  await bundle('twins.js', '')
  await bundle('kernels.js', head)
})

test('workerd compiles nothing: reading, training and searching run in TypeScript', {
  skip: workerd.skip,
}, async () => {
  const { warnings, ...answers } = await answersIn('twins.js', {})
  const { warnings: _, ...expected } = await answersOf({ simd: 'none' })
  assert.deepEqual(answers, expected)
  assert.match(String(warnings), /^WebAssembly may not be compiled here, and its kernels were not given/)
})

test('workerd with the kernels as modules gives the bytes of Node', { skip: workerd.skip }, async () => {
  assert.deepEqual(await answersIn('kernels.js', {}), await answersOf({}))
})

test('workerd has no threads, which is said', { skip: workerd.skip }, async () => {
  const { error } = await answersIn('twins.js', { threads: 2 })
  assert.equal(
    error,
    'Cannot train: threads is 2, and this engine has no threads beside its own. Leave threads out to train on one.',
  )
})

test('workerd: classifiers and what they say are those of Node, with the kernels and without them', {
  skip: workerd.skip,
}, async () => {
  const answering = "import { classifierAnswers as answersOf } from './classifier-answers.js'"
  await bundle('classifiers.js', `${head}\n${answering}`)
  assert.deepEqual(await answersIn('classifiers.js', {}), await classifierAnswers({}))
  await bundle('classifier-twins.js', answering)
  const { warnings, answers } = await answersIn('classifier-twins.js', {})
  assert.match(String(warnings), /^WebAssembly may not be compiled here, and its kernels were not given/)
  const expected = await classifierAnswers({ simd: 'none' })
  // rows that are made smaller learn again by the engine's own means
  assert.deepEqual(answers.map(withoutSmall), expected.answers!.map(withoutSmall))
  const { error } = await answersIn('classifiers.js', { threads: 2 })
  assert.match(error, /^Cannot train: threads is 2, and this engine has no threads beside its own\./)
})

test("workerd: a server's handler answers what it does in Node", { skip: workerd.skip }, async () => {
  await bundle('server.js', "import { serverAnswers as answersOf } from './server-answers.js'")
  assert.deepEqual(await answersIn('server.js', {}), await serverAnswers())
})

function withoutSmall({ small: _, ...found }: object & { readonly small?: string }) {
  return found
}

/** A worker that does what `answersOf` does, as bundlers for workerd make it. */
async function bundle(name: string, head: string): Promise<void> {
  const contents = `${head}
    ${head.includes('answersOf') ? '' : "import { answersOf } from './answers.js'"}
    export default {
      async test(_controller, { CALL }) {
        console.log(JSON.stringify(await answersOf(CALL)))
      },
    }`
  await build({
    stdin: { contents, resolveDir: project },
    outfile: join(project, name),
    bundle: true,
    format: 'esm',
    conditions: ['workerd', 'worker', 'browser'],
    mainFields: ['browser', 'module', 'main'],
    external: ['*.wasm'],
    logLevel: 'error',
    logOverride: { 'empty-import-meta': 'silent' },
  })
}

// biome-ignore lint/suspicious/noExplicitAny: what the worker printed
async function answersIn(worker: string, call: object): Promise<any> {
  const modules = KERNELS.map(
    name => `(name = "wordloom/kernels/${name}.wasm", wasm = embed "${COMPILED}/${name}.wasm")`,
  )
  const config = `using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (services = [(name = "main", worker = (
      modules = [(name = "worker", esModule = embed "${worker}"), ${modules.join(', ')}],
      bindings = [(name = "CALL", json = ${JSON.stringify(JSON.stringify(call))})],
      compatibilityDate = "2026-11-01",
    ))]);`
  writeFileSync(join(project, 'config.capnp'), config)
  const { code, stdout, stderr } = await outputOf(workerd, ['config.capnp'], project)
  assert.equal(code, 0, stderr)
  return JSON.parse(stdout)
}
