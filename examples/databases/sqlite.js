// Texts and their vectors in SQLite with sqlite-vec, by the SQLite of Node 22 and later; better-sqlite3 does the same on
// Node 20. First, in another terminal: npx wordloom serve demo.safetensors --pooling sif
import { DatabaseSync } from 'node:sqlite'
import { load } from 'sqlite-vec'
import { embed, questions, texts } from './texts.js'

const database = new DatabaseSync(':memory:', { allowExtension: true })
load(database)
const vectors = await embed(texts)
database.exec(`CREATE VIRTUAL TABLE texts USING vec0(
  embedding float[${vectors[0].length}] distance_metric=cosine,
  +text TEXT
)`)
const insert = database.prepare('INSERT INTO texts (rowid, text, embedding) VALUES (?, ?, ?)')
for (const [i, text] of texts.entries()) insert.run(BigInt(i + 1), text, bytesOf(vectors[i]))

const nearest = database.prepare(
  'SELECT text, 1 - distance AS similarity FROM texts WHERE embedding MATCH ? AND k = 2 ORDER BY distance',
)
for (const question of questions) {
  const [asked] = await embed([question])
  console.log(question)
  for (const { text, similarity } of nearest.all(bytesOf(asked)))
    console.log(`  ${similarity.toFixed(2)}  ${text}`)
}
database.close()

function bytesOf(vector) {
  return new Uint8Array(Float32Array.from(vector).buffer)
}
