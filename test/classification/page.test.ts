import assert from 'node:assert/strict'
import { basename } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Metafile } from 'esbuild'

test('a page that reads classifiers and labels texts is one file of less than 27 KB of gzip', async () => {
  const example = new URL('../../../examples/language/server.js', import.meta.url).href
  const { bundled } = (await import(example)) as { bundled(): Promise<Buffer> }
  const code = await bundled()
  const bytes = gzipSync(code, { level: 9 }).length
  assert.ok(bytes < 27_000, `${bytes} bytes`)
  assert.ok(code.length < 75_000, `${code.length} bytes`)
  assert.doesNotMatch(code.toString(), /onCheckpoint|trainClassifier|hyparquet/)
})

test('where a bundler splits what is loaded later from the rest, such a page loads no more', async () => {
  const page = new URL('../../../examples/language/page.js', import.meta.url)
  const { metafile, outputFiles } = await build({
    entryPoints: [fileURLToPath(page)],
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    outdir: 'out',
    write: false,
    metafile: true,
  })
  const foreign = /classification\/(training|judging|corpus|quantization)|dist\/training|hyparquet/
  const found = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs))
  assert.deepEqual(
    found.filter(path => foreign.test(path)),
    [],
  )
  const first = firstLoaded(metafile, 'out/page.js')
  const bytes = outputFiles
    .filter(({ path }) => first.has(`out/${basename(path)}`))
    .reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0)
  assert.ok(bytes > 0 && bytes < 27_000, `${bytes} bytes`)
})

/** The file and what it imports, without what it loads later. */
function firstLoaded(
  { outputs }: Pick<Metafile, 'outputs'>,
  path: string,
  found = new Set<string>(),
): Set<string> {
  if (found.has(path)) return found
  found.add(path)
  for (const { path: next, kind } of outputs[path]!.imports)
    if (kind === 'import-statement') firstLoaded({ outputs }, next, found)
  return found
}
