// Compiles kernels/<name>.ts with AssemblyScript, once with plain SIMD128 and once with relaxed SIMD (fused
// multiply-add), into src/math/<name>-wasm.generated.ts: base64, so that every bundler and browser finds them.
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

const root = fileURLToPath(new URL('..', import.meta.url))

// Training needs one memory for all threads; search works in pages that are not cross-origin isolated.
const modules = { training: { shared: true }, search: { shared: false } }

for (const [name, { shared }] of Object.entries(modules))
  if (existsSync(`${root}kernels/${name}.ts`)) await build(name, shared)

async function build(name, shared) {
  const target = `${root}src/math/${name}-wasm.generated.ts`
  if (isFresh(target)) return
  const plain = await compile(name, shared, [])
  const relaxed = await compile(name, shared, ['--enable', 'relaxed-simd'])
  writeFileSync(
    target,
    `// Made by scripts/build-kernels.mjs from kernels/${name}.ts.\n` +
      `export const plainSimd =\n  '${plain.toString('base64')}'\nexport const relaxedSimd =\n  '${relaxed.toString('base64')}'\n`,
  )
  process.stderr.write(
    `kernels/${name}.ts: ${plain.length} bytes plain, ${relaxed.length} bytes relaxed SIMD\n`,
  )
}

async function compile(name, shared, extra) {
  const output = `build/kernels/${name}.wasm`
  mkdirSync(`${root}build/kernels`, { recursive: true })
  const memory = ['--importMemory', '--noExportMemory', '--maximumMemory', '65536']
  const { error, stderr } = await asc.main([
    `kernels/${name}.ts`,
    '--baseDir',
    root,
    '--outFile',
    output,
    '-O3',
    '--converge',
    '--noAssert',
    '--runtime',
    'stub',
    '--use',
    'abort=',
    '--enable',
    'simd',
    '--enable',
    'bulk-memory',
    ...memory,
    ...(shared ? ['--sharedMemory', '--enable', 'threads'] : []),
    ...extra,
  ])
  if (error) {
    process.stderr.write(`${stderr}\n`)
    process.exit(1)
  }
  return readFileSync(root + output)
}

function isFresh(target) {
  try {
    const made = statSync(target).mtimeMs
    const sources = [
      ...readdirSync(`${root}kernels`).map(file => `${root}kernels/${file}`),
      fileURLToPath(import.meta.url),
    ]
    return sources.every(source => statSync(source).mtimeMs < made)
  } catch {
    return false
  }
}
