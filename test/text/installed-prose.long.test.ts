import assert from 'node:assert/strict'
import { test } from 'node:test'
import { installedProse } from '#text/index'

test("this project's own node_modules hold hundreds of thousands of words, the same each time", async () => {
  const root = new URL('../../..', import.meta.url).pathname
  let words = 0
  const first: string[] = []
  for await (const paragraph of installedProse(root)) {
    words += paragraph.split(' ').length
    if (first.length < 200) first.push(paragraph)
    assert.ok(!paragraph.includes('\n') && !/https?:\/\/\w/.test(paragraph), paragraph)
  }
  assert.ok(words > 200_000, `${words} words`)
  const again: string[] = []
  for await (const paragraph of installedProse(root)) if (again.push(paragraph) === 200) break
  assert.deepEqual(again, first)
})
