import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { optionTable } from '#training/options/option-table'
import { verbs } from './verbs.js'
import { wordloom } from './wordloom.js'

test('wordloom alone says what it is, its verbs, examples and exit codes', async () => {
  const [alone, asked] = await Promise.all([wordloom([]), wordloom(['--help'])])
  assert.deepEqual(alone, asked)
  assert.equal(alone.code, 0)
  assert.equal(alone.stderr, '')
  assert.match(alone.stdout, /^Learns word vectors from text/)
  const listed = await verbs()
  assert.ok(listed.length > 10)
  for (const verb of listed) assert.match(alone.stdout, new RegExp(`^ {2}${verb}\\b.* {2}\\S`, 'm'))
  for (const code of [0, 64, 65, 66, 70, 71, 74, 130])
    assert.match(alone.stdout, new RegExp(`(^| {2})${code} +[a-zA-Z]`, 'm'))
  assert.match(alone.stdout, /Examples:\n(.*wordloom .*\n){3}/)
})

test('the help of train has a flag with its default for every training option', async () => {
  const { stdout } = await wordloom(['train', '--help'])
  const text = stdout.replace(/\s+/g, ' ')
  for (const [name, option] of Object.entries(optionTable)) {
    const flag = name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
    assert.ok(text.includes(option.kind === 'flag' ? `--${flag} ` : `--${flag} <`), flag)
    assert.ok(text.includes(option.help), `the help of ${flag}`)
    const usual = option.otherwise ?? option.default
    if (option.kind !== 'flag')
      assert.match(
        text,
        new RegExp(`[(;] ?default ${String(usual).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`),
        `the default of ${flag}`,
      )
  }
})

test('a group of verbs alone shows its help', async () => {
  const { code, stdout } = await wordloom(['equations'])
  assert.equal(code, 0)
  assert.match(stdout, /check .*<values>/)
  assert.match(stdout, /statements .*\[id\]/)
})

test('--version is that of the package', async () => {
  const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'))
  assert.equal((await wordloom(['--version'])).stdout, `${manifest.version}\n`)
})
