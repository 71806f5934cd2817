import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readInput } from './read-input.js'

test('one line of 30 MB, and one token of 30 MB, need little memory', () => {
  const script = `
    function* parts(part) { for (let i = 0; i < 30; i++) yield part }
    const words = Buffer.from('lorem ipsum dolor sit '.repeat(47663))
    const letters = Buffer.alloc(words.length, 'é')
    let longest = 0, tokens = 0
    const sink = { token(bytes, start, end) { tokens++; longest = Math.max(longest, end - start) }, endSentence() {} }
    const facts = []
    const before = process.memoryUsage.rss()
    for (const tokenizer of ['words', 'whitespace', text => text.split(/\\s+/)])
      for (const part of [words, letters]) {
        async function* stream() { yield* parts(part) }
        facts.push(await readTokens(stream(), tokenizer, sink))
      }
    const megabytes = (process.resourceUsage().maxRSS * 1024 - before) / 2 ** 20
    console.log(JSON.stringify({ longest, few: megabytes < 100, facts: facts.map(it => [it.tokens, it.sentences, it.skippedTokens]) }))`
  const { longest, few, facts } = JSON.parse(readInput(script, Buffer.alloc(0)))
  assert.deepEqual([longest, few], [5, true])
  assert.deepEqual(facts.slice(0, 4), [
    [5_719_560, 1, 0],
    [0, 0, 1],
    [5_719_560, 1, 0],
    [0, 0, 1],
  ])
})
