import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { tokenize, Vocabulary } from 'wordloom/text'
import { sentenceVectors, WordVectors } from 'wordloom/vectors'
import { Random } from '#math/random'
import { running } from './running.js'

const folder = fileURLToPath(new URL('../../../examples/databases/', import.meta.url))
const isInstalled = existsSync(`${folder}node_modules/openai`)
const hasSqlite = Number(process.versions.node.split('.')[0]) >= 22

/** The texts of the examples, and vectors of all their words. */
async function textsAndVectors() {
  const { texts, questions } = (await import(`${folder}texts.js`)) as {
    readonly texts: readonly string[]
    readonly questions: readonly string[]
  }
  const words = new Set([...texts, ...questions].flatMap(text => tokenize(text)))
  const vectors = WordVectors.allocate(Vocabulary.of(words), 12)
  const random = new Random(7, 0)
  for (let i = 0; i < vectors.matrix.data.length; i++) vectors.matrix.data[i] = random.below(2001) / 1000 - 1
  return { texts, questions, vectors }
}

for (const [name, isAble, why] of [
  ['postgres', true, ''],
  ['sqlite', hasSqlite, 'Node has SQLite from version 22 on'],
] as const)
  test(`${name}: what the database finds by the server's vectors is what their cosines say`, async t => {
    if (!isInstalled) return t.skip('npm ci --prefix examples/databases was not run')
    if (!isAble) return t.skip(why)
    const { texts, questions, vectors } = await textsAndVectors()
    const server = await running({}, [{ name: 'main', vectors }])
    const { stdout } = await promisify(execFile)(process.execPath, [`${folder}${name}.js`], {
      env: { ...process.env, OPENAI_BASE_URL: `${server.url}/v1` },
    })
    const cut = (text: string) => tokenize(text)
    const pooled = sentenceVectors(vectors, texts.map(cut), { pooling: 'mean' })
    const expected = questions.map(question => {
      const nearest = pooled.nearest(cut(question), 2)
      const lines = nearest.map(
        ({ sentence, similarity }) => `  ${similarity.toFixed(2)}  ${texts[sentence]}`,
      )
      return [question, ...lines].join('\n')
    })
    assert.equal(stdout, `${expected.join('\n')}\n`)
  })
