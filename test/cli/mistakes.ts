import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { plantedText } from './planted-text.js'
import { temporaryFolder, wordloom } from './wordloom.js'

const folder = temporaryFolder()

export interface Mistake {
  does: string
  args: string[]
  code: number
  says: RegExp
}

before(async () => {
  const file = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content)
  const text = plantedText(2000)
  mkdirSync(join(folder, 'hollow'))
  file('text.txt', text)
  file('empty.txt', '')
  file('dots.txt', '... --- ...\n\n')
  file('rare.txt', 'each word only once\n')
  file(
    'garbage.dat',
    Uint8Array.from({ length: 5000 }, (_, i) => Math.imul(i, 2654435761) >>> 13),
  )
  file('cut.txt.gz', gzipSync(text).subarray(0, 3000))
  file('other.json', '{"name": "other"}')
  file('good.txt', '3 2\ncat 1 0\ndog 0 1\ncow 1 1\n')
  file('cut-vectors.txt', '3 2\ncat 1 0\ndog 0')
  file('boast.txt', '2147483648 300\ncat 1 0\n')
  await wordloom(['convert', 'good.txt', 'good.safetensors'], { cwd: folder })
  file('cut.safetensors', readFileSync(join(folder, 'good.safetensors')).subarray(0, -20))
})

/** A test of them all, one after the other on three processes. */
export function testMistakes(kind: string, mistakes: readonly Mistake[]): void {
  test(`mistakes in ${kind}: one line, the right exit code, nothing left behind`, async t => {
    const names = readdirSync(folder).sort()
    await Promise.all(
      shares(mistakes, 3).map(async share => {
        for (const { does, args, code, says } of share) {
          const ended = await wordloom(args, { cwd: folder })
          await t.test(does, () => {
            assert.match(ended.stderr, says)
            const lines = ended.stderr.trimEnd().split('\n')
            const complaint = lines.at(-1)!
            assert.match(complaint, /^wordloom: ./)
            assert.ok(!lines.some(line => /^\s+at /.test(line)), 'a stack trace')
            assert.equal(ended.stdout, '')
            assert.equal(ended.code, code)
          })
        }
      }),
    )
    assert.deepEqual(readdirSync(folder).sort(), names)
  })
}

function shares<T>(items: readonly T[], count: number): T[][] {
  return Array.from({ length: count }, (_, share) => items.filter((_, i) => i % count === share))
}
