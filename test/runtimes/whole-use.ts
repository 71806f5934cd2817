/** What one does with Wordloom, in a program that every runtime with files and threads runs: prints what it finds. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { load, openVectorFile, save } from 'wordloom/formats'
import { openIndex } from 'wordloom/search'
import { train } from 'wordloom/training'

const lines = Array.from({ length: 600 }, (_, i) =>
  Array.from({ length: 8 }, (_, j) => `w${(i * 7 + j * 3) % 40}`).join(' '),
)
const learning = { dimensions: 20, minCount: 1, epochs: 2, threads: 2, schedule: 'blocks' } as const
const { vectors } = await train({ lines }, learning)
await save(vectors, 'model.safetensors')
const loaded = await load('model.safetensors')
const index = await openIndex(loaded, 'int8', { threads: 2, stayBelow: 0, build: 'plain' })
const byIndex = await index.nearest('w5', 5)
await index.close()
const file = await openVectorFile('model.safetensors')
const looked = await file.vector('w5')
await file.close()
const sum = createHash('sha256').update(readFileSync('model.safetensors')).digest('hex')
const words = loaded.nearest('w5', 5).map(({ word }) => word)
console.log(
  JSON.stringify({ sum, words, byIndex: byIndex.map(({ word }) => word), looked: Array.from(looked!) }),
)
