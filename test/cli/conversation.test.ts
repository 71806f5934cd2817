import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { WordloomError } from 'wordloom'
import { converse } from '#cli/terminal/conversation'
import { hasScript, inTerminal, NO_SCRIPT } from './in-terminal.js'
import { temporaryFolder } from './wordloom.js'

const folder = temporaryFolder()

test('each line is answered, an error is told and the next line asked for, until the input ends', async () => {
  const said = await conversation('king\n\nodd\nqueen\n')
  assert.equal(said, '> KING\n\n> > there is no odd\n\n> QUEEN\n\n> \n')
})

test('two empty lines end it, and what follows is not read', async () => {
  assert.doesNotMatch(await conversation('king\n\n\nqueen\n'), /QUEEN/)
})

test('a mistake of ours is no answer', async () => {
  await assert.rejects(conversation('broken\n'), TypeError)
})

test('nearest, analogy and search without words ask for them in a terminal', async t => {
  if (!hasScript()) return t.skip(NO_SCRIPT)
  writeFileSync(join(folder, 'v.vec'), '4 2\nking 1 0\nqueen 0.9 0.1\nman 0 1\nwoman 0.1 0.9\n')
  writeFileSync(join(folder, 'lines.txt'), 'the king\na woman\n')
  await Promise.all([
    inTerminal(folder, ['search', 'v.vec', 'lines.txt'], 'woman\nzzz\n\n\n').then(said => {
      assert.match(said, /1\.0000 +\S*2\S* +a woman/)
      assert.match(said, /no document has a word of the query/)
    }),
    inTerminal(folder, ['nearest', 'v.vec'], 'king\nkingg\nking -man +woman\n\n\n').then(said => {
      assert.match(said, /king.*\n {2}queen +0\.9939/)
      assert.match(said, /"kingg" is not in the vocabulary\. Did you mean king\?/)
      assert.match(said, /king \+ woman − man.*\n {2}queen +0\.9933/)
    }),
    inTerminal(folder, ['analogy', 'v.vec'], 'man king\nman king woman\n\n\n').then(said => {
      assert.match(said, /there are 2 words; expected three, such as man king woman/)
      assert.match(said, /man is to king as woman is to ….*\n {2}queen/)
    }),
  ])
})

async function conversation(lines: string): Promise<string> {
  const [input, output] = [new PassThrough(), new PassThrough()]
  const end = converse('> ', answer, { input, output })
  end.catch(() => {}) // is waited for below
  for (const line of lines.split(/(?<=\n)/)) {
    input.write(line) // as somebody types it, after the answer to the one before
    await turn()
  }
  input.end()
  await end
  return String(output.read())
}

async function answer(line: string): Promise<string> {
  if (line === 'odd') throw new WordloomError('unknown-word', { found: 'there is no odd' })
  if (line === 'broken') throw new TypeError('broken')
  return line.toUpperCase()
}
