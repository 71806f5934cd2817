// Learns the small vectors that the studio's map offers as a sample, from the prose in node_modules, into
// build/sample.safetensors; what is there stays.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** For half a million words or so, and a file of 300 KB. */
const options = {
  dimensions: 48,
  epochs: 10,
  learningRate: 0.05,
  subsampling: 3e-4,
  maxWords: 2000,
  schedule: 'blocks',
  threads: 1,
}

/** The path of the vectors. */
export async function studioSample() {
  const path = `${root}build/sample.safetensors`
  if (existsSync(path)) return path
  const { installedProse } = await import('../dist/text/index.js')
  const { train } = await import('../dist/training/index.js')
  const { compress } = await import('../dist/vectors/index.js')
  const { formats } = await import('../dist/formats/index.js')
  const { vectors } = await train(installedProse(root), options)
  const small = compress(vectors, { precision: 'float16' })
  mkdirSync(`${root}build`, { recursive: true })
  writeFileSync(path, Buffer.concat([...formats.safetensors.write(small.vectors ?? small)]))
  return path
}
