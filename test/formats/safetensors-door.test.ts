import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { formats, read } from 'wordloom/formats'
import { readSafetensors, writeSafetensors } from 'wordloom/formats/safetensors'
import { Vocabulary } from 'wordloom/text'
import { compress, WordVectors } from 'wordloom/vectors'

const PAGE = `
  import { readSafetensors } from 'wordloom/formats/safetensors'
  const vectors = await readSafetensors({ name: 'a.safetensors', chunks: (await fetch('a.safetensors')).body })
  document.title = vectors.nearest('king')[0].word`

test('a page that asks one safetensors file loads less than 20 KB of gzip to begin with', async () => {
  const { outputFiles, metafile } = await build({
    stdin: { contents: PAGE, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    metafile: true,
    plugins: [{ name: 'loaded-later', setup: ({ onResolve }) => onResolve({ filter: /./ }, laterIfDynamic) }],
  })
  const bytes = gzipSync(outputFiles[0]!.contents, { level: 9 }).length
  assert.ok(bytes < 20_000, `${bytes} bytes`)
  const foreign = /formats\/(parquet|fasttext|word2vec|lookup)|node_modules\/(hyparquet|fzstd|@noble)/
  const { inputs } = Object.values(metafile.outputs)[0]!
  assert.deepEqual(
    Object.keys(inputs).filter(path => foreign.test(path)),
    [],
  )
})

/** What is imported when it is needed lies in files of its own. */
function laterIfDynamic({ kind, path }: { kind: string; path: string }) {
  return kind === 'dynamic-import' ? { path, external: true } : undefined
}

test('the door of safetensors alone reads and writes what that of all formats does', async () => {
  const vectors = WordVectors.allocate(Vocabulary.of(['cat', 'mat', 'sat']), 4)
  vectors.matrix.data.set([1, 2, 3, 4], vectors.matrix.stride)
  for (const one of [vectors, compress(vectors, { precision: 'int8' }).vectors]) {
    const bytes = Buffer.concat([...writeSafetensors(one)])
    assert.deepEqual(bytes, Buffer.concat([...formats.safetensors.write(one)]))
    const source = () => ({ name: 'a.safetensors', chunks: [bytes] })
    for (const options of [{}, { limit: 2 }, { words: ['mat'] }]) {
      const [found, expected] = [await readSafetensors(source(), options), await read(source(), options)]
      assert.deepEqual([...found.vocabulary.words()], [...expected.vocabulary.words()])
      assert.deepEqual(found.vector('mat'), expected.vector('mat'))
    }
  }
})

test('the door of safetensors alone refuses other files and options that cannot be', async () => {
  for (const bytes of [new Uint8Array(0), new TextEncoder().encode('2 3\ncat 1 2 3\n')])
    await assert.rejects(() => readSafetensors({ name: 'a.vec', chunks: [bytes] }), {
      code: 'bad-data',
      message: /^Cannot read a\.vec: this is no safetensors file/,
    })
  const chunks = [new Uint8Array(0)]
  await assert.rejects(() => readSafetensors({ name: 'a', chunks }, { limit: 0 }), { code: 'usage' })
})
