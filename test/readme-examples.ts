import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export const run = promisify(execFile)

export const root = fileURLToPath(new URL('../../', import.meta.url))

export let folder = ''
export let readme = ''

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wordloom-readme-'))
  readme = await readFile(join(root, 'README.md'), 'utf8')
  await writeFile(join(folder, 'corpus.txt'), royalText())
})

after(() => rm(folder, { recursive: true, force: true }))

/** Enough sentences for every word that the README's first program asks about. */
function royalText(): string {
  const meals = ['breakfast', 'cereal', 'dinner', 'lunch']
  const sentences = Array.from({ length: 300 }, (_, i) =>
    i % 2 === 0
      ? `the king and the queen rule ; a man and a woman live here ${i % 7}`
      : `we eat ${meals.join(' and ')} at home ${i % 5}`,
  )
  return sentences.join('\n')
}

export function example(name: string, ...files: string[]) {
  return run(process.execPath, [join(root, 'examples', name), ...files.map(file => join(folder, file))])
}
