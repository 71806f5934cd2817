// Texts and their vectors in PostgreSQL with pgvector. PGlite is PostgreSQL inside this process; on a server the SQL is
// the same. First, in another terminal: npx wordloom serve demo.safetensors --pooling sif
import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'
import { embed, questions, texts } from './texts.js'

const database = await PGlite.create({ extensions: { vector } })
const vectors = await embed(texts)
await database.exec(`
  CREATE EXTENSION IF NOT EXISTS vector;
  CREATE TABLE texts (id serial PRIMARY KEY, text text NOT NULL, embedding vector(${vectors[0].length}) NOT NULL);
`)
for (const [i, text] of texts.entries())
  await database.query('INSERT INTO texts (text, embedding) VALUES ($1, $2)', [
    text,
    JSON.stringify(vectors[i]),
  ])
await database.exec('CREATE INDEX ON texts USING hnsw (embedding vector_cosine_ops)')

for (const question of questions) {
  const [asked] = await embed([question])
  const { rows } = await database.query(
    'SELECT text, 1 - (embedding <=> $1) AS similarity FROM texts ORDER BY embedding <=> $1 LIMIT 2',
    [JSON.stringify(asked)],
  )
  console.log(question)
  for (const { text, similarity } of rows) console.log(`  ${similarity.toFixed(2)}  ${text}`)
}
await database.close()
