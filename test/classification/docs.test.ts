import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const page = readFileSync(`${root}docs/classify.md`, 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'wordloom-docs-classify-'))
after(() => rmSync(folder, { recursive: true }))

const kind = [
  'a lovely film',
  'what a fine, warm story',
  'great actors and a great score',
  'funny and clever',
]
const unkind = ['a dull film', 'what a cold, tired story', 'weak actors and a poor score', 'slow and stupid']
const lines = (label: string, texts: readonly string[]) => texts.map(text => `__label__${label} ${text}`)

/** The programs below a heading, with the non-null marks of TypeScript left out. */
function programsIn(heading: string): string[] {
  const section = page.split(`\n## ${heading}\n`)[1]!.split('\n## ')[0]!
  return [...section.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code!.replaceAll(/!(?=[.\n])/g, ''))
}

test('the programs of docs/classify.md train, read lines, test and explain', async () => {
  const text = [...lines('kind', kind), ...lines('unkind', unkind)].join('\n')
  for (const name of ['train.txt', 'test.txt']) writeFileSync(join(folder, name), `${text}\n`)
  const programs = ['Training', 'How good is it?', 'Why?'].flatMap(programsIn)
  assert.equal(programs.length, 4)
  for (const [i, program] of programs.entries()) {
    const path = join(root, 'build', `classify-program-${i}.mjs`)
    writeFileSync(path, program)
    const { stdout } = await promisify(execFile)(process.execPath, [path], { cwd: folder })
    assert.match(stdout, [/kind/, /a lovely film/, /kind 1 1 1|unkind/, /lovely/][i]!, program)
  }
})
