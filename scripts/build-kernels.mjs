// Compiles kernels/<name>.ts with AssemblyScript, with plain SIMD128 and with relaxed SIMD (fused multiply-add)
// where that helps, into src/<room>/<name>-wasm.generated.ts: as text, so that every bundler and browser finds them; and
// into dist/kernels, for engines that compile before they run and not while they do.
// Before that it writes what kernels/records.mjs describes, for the kernels and for TypeScript.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'
import { isFresh } from './fresh.mjs'
import { filesOfRecords } from './kernel-records.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

// Training needs one memory for all threads; search uses one where it may be shared, and another kind in pages that
// are not cross-origin isolated. Reading text knows no fractions, so that relaxed SIMD has nothing for it.
const modules = {
  training: [
    { name: 'plainSimd', file: 'training', shared: true },
    { name: 'relaxedSimd', file: 'training-relaxed', shared: true, relaxed: true },
  ],
  search: [
    { name: 'plainSimd', file: 'search-unshared', shared: false },
    { name: 'relaxedSimd', file: 'search-unshared-relaxed', shared: false, relaxed: true },
    { name: 'sharedPlainSimd', file: 'search', shared: true },
    { name: 'sharedRelaxedSimd', file: 'search-relaxed', shared: true, relaxed: true },
  ],
  text: [{ name: 'plainSimd', file: 'text', shared: false }],
}

/** The room, or the inner room, that calls each module. */
const rooms = { training: 'training', search: 'scan', text: 'text/numbering' }

writeRecords()
const sources = [
  ...readdirSync(`${root}kernels`).map(file => `${root}kernels/${file}`),
  ...['build-kernels.mjs', 'kernel-records.mjs'].map(file => `${root}scripts/${file}`),
]
for (const [name, builds] of Object.entries(modules)) await build(name, builds)

/** Only what has changed is written, so that what is compiled from it stays fresh. */
function writeRecords() {
  for (const [path, text] of Object.entries(filesOfRecords()))
    if (textOf(root + path) !== text) writeFileSync(root + path, text)
}

function textOf(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

async function build(name, builds) {
  const target = `${root}src/${rooms[name]}/${name}-wasm.generated.ts`
  if (isFresh(target, sources) && builds.every(({ file }) => existsSync(shipped(file)))) return
  let generated = `// Made by scripts/build-kernels.mjs from kernels/${name}.ts.\n`
  mkdirSync(`${root}dist/kernels`, { recursive: true })
  const before = []
  for (const { name: build, file, shared, relaxed } of builds) {
    const wasm = await compile(name, shared, relaxed ? ['--enable', 'relaxed-simd'] : [])
    generated += `export const ${build} = {\n  name: '${file}',\n${codeOf(wasm, before)}}\n`
    before.push({ build, wasm })
    writeFileSync(shipped(file), wasm)
    if (process.argv.includes('--verbose'))
      process.stderr.write(`kernels/${name}.ts: ${wasm.length} bytes, ${build}\n`)
  }
  writeFileSync(target, generated)
}

/** In hexadecimal, which gzip makes a quarter smaller than base64; or as another build of which it differs by the flags of its memory alone, which are 1 there and 3 here. */
function codeOf(wasm, before) {
  for (const { build, wasm: other } of before) {
    if (other.length !== wasm.length) continue
    const places = [...wasm.keys()].filter(at => wasm[at] !== other[at])
    if (places.length === 1 && other[places[0]] === 1 && wasm[places[0]] === 3)
      return `  code: ${build}.code,\n  sharedAt: ${places[0]},\n`
  }
  return `  code: '${wasm.toString('hex')}',\n`
}

function shipped(file) {
  return `${root}dist/kernels/${file}.wasm`
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
