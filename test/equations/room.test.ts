import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const sources = readdirSync(`${root}src/equations`, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .map(name => ({ name, text: readFileSync(`${root}src/equations/${name}`, 'utf8') }))
const chapter = readFileSync(`${root}docs/equations.md`, 'utf8')

test('the equations run in a browser: they import nothing of node', () => {
  const wrong = sources.filter(({ text }) => /from\s+'node:/.test(text)).map(({ name }) => name)
  assert.deepEqual(wrong, [])
})

test('every equation number in the code stands in docs/equations.md, and every tag there is used once', () => {
  const tags = [...chapter.matchAll(/\\tag\{(\d+)\}/g)].map(match => Number(match[1]))
  assert.deepEqual(
    tags,
    tags.map((_, i) => i + 1),
  )
  const cited = sources.flatMap(({ name, text }) =>
    [...text.matchAll(/(?<=[\s–])\((\d+)\)/g)].map(match => ({ name, number: Number(match[1]) })),
  )
  assert.ok(cited.length > 15)
  assert.deepEqual(
    cited.filter(({ number }) => !tags.includes(number)),
    [],
  )
})
