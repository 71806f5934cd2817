import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { before, test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { WordloomError } from 'wordloom'
import { verbs } from '#cli/program'
import { asFlag } from '#cli/verb/flag-names'
import { readerOf } from '#cli/verb/flag-values'
import type { Flag } from '#cli/verb/flags'
import type { AnyVerb, VerbGroup } from '#cli/verb/verb'
import { wordloom } from './wordloom.js'

const root = fileURLToPath(new URL('../../../', import.meta.url))
let all: readonly AnyVerb[] = []
let listed: readonly (AnyVerb | VerbGroup)[] = []

before(async () => {
  listed = await Promise.all(Object.values(verbs).map(load => load()))
  all = listed.flatMap(verb => ('verbs' in verb ? verb.verbs : [verb]))
})

test('a verb is called as it stands in the table of verbs', async () => {
  assert.deepEqual(
    listed.map(({ name }) => name),
    Object.keys(verbs),
  )
})

test('a flag is told with what it may be, for every value that it cannot have', () => {
  for (const { name: verb, flags } of all)
    for (const [name, flag] of Object.entries(flags))
      for (const text of wrongFor(flag))
        assert.throws(
          () => readerOf(name, flag)(text),
          (error: WordloomError) =>
            error.code === 'usage' &&
            error
              .worded(asFlag)
              .startsWith(`${asFlag({ option: name, value: undefined })} is "${text}"; expected `),
          `${verb} ${name} ${text}`,
        )
})

test('a flag that takes a time or bytes says its unit in the help', () => {
  for (const { name: verb, flags } of all)
    for (const [name, flag] of Object.entries(flags)) {
      const help = `${verb} ${name}: ${flag.help} ${'otherwise' in flag ? flag.otherwise : ''}`
      if (flag.kind === 'time') assert.match(help, /such as \d+(ms|s|m|h)\b/)
      if (flag.kind !== 'integer' && flag.kind !== 'number') continue
      if (/memory|bytes|decompressed/i.test(name)) assert.match(help, /\bbytes\b/)
      if (/\b(time|while|age|interval|long)\b/.test(help)) assert.match(help, /\b(milli)?seconds\b/)
    }
})

test('a flag takes its own default', () => {
  for (const { name: verb, flags } of all)
    for (const [name, flag] of Object.entries(flags)) {
      const usual = 'default' in flag && flag.kind !== 'flag' ? flag.default : undefined
      if (usual !== undefined && String(usual) !== '')
        assert.deepEqual(readerOf(name, flag)(String(usual)), usual, `${verb} ${name}`)
    }
})

test('the help of a verb has each of its inputs, flags and examples, and --json', async () => {
  await Promise.all(
    [0, 1].map(async half => {
      for (const verb of listed.filter((_, i) => i % 2 === half))
        for (const one of 'verbs' in verb ? verb.verbs : [verb]) {
          const path = one === verb ? [verb.name] : [verb.name, one.name]
          const text = (await wordloom([...path, '--help'])).stdout.replace(/\s+/g, ' ')
          const { inputs, flags, examples } = one
          for (const { help } of [...Object.values(inputs), ...Object.values(flags)])
            assert.ok(text.includes(help), `${path.join(' ')}: ${help}`)
          for (const name of [...Object.keys(flags), 'json'])
            assert.ok(
              text.includes(`${asFlag({ option: name, value: undefined })} `),
              `${path.join(' ')} ${name}`,
            )
          for (const [line, meaning] of examples) assert.ok(text.includes(`${line} ${meaning}`), line)
        }
    }),
  )
})

test('docs/cli.md has a row for each verb: node scripts/write-verbs.mjs', async () => {
  const { withVerbs } = await import(pathToFileURL(`${root}scripts/write-verbs.mjs`).href)
  const page = readFileSync(`${root}docs/cli.md`, 'utf8')
  assert.equal(withVerbs(page, listed), page)
})

/** Values just outside of what a flag can have. */
function wrongFor(flag: Flag): string[] {
  switch (flag.kind) {
    case 'integer':
      return [
        String(flag.min - 1),
        `${flag.min}.5`,
        '0x10',
        '',
        ...(flag.max < 2 ** 52 ? [String(flag.max + 1)] : []),
      ]
    case 'number':
      return ['NaN', '1,5', '', ...(flag.min > 0 ? ['0'] : [])]
    case 'numbers':
      return ['', 'x', ...(flag.least > 1 ? [String(flag.each.min)] : [])]
    case 'choice':
      return ['', `${flag.choices[0]}!`, 'other']
    case 'time':
      return ['', '0', '5 days']
    case 'file':
      return ['']
    default:
      return []
  }
}
