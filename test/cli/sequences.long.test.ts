import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { shell, temporaryFolder, wordloom } from './wordloom.js'

const folder = temporaryFolder()
const text = Array.from({ length: 400 }, (_, i) => `x${i % 40} went to new york in y${i % 37}`).join('\n')
writeFileSync(join(folder, 'text.txt'), text)
const here = { cwd: folder }

test('phrases are shown, kept, joined and trained on', async () => {
  const shown = await wordloom(['phrases', 'text.txt', '--threshold', '5', '-n', '3'], here)
  assert.match(shown.stdout, /^phrase +count +score\n(.*\n)*new_york +400/)
  const json = await wordloom(['phrases', 'text.txt', '--threshold', '5', '--json'], here)
  assert.ok(
    JSON.parse(json.stdout).best.some((phrase: { words: string[] }) => phrase.words.join() === 'new,york'),
  )
  const kept = await wordloom(['phrases', 'text.txt', '--threshold', '5', '-o', 'p.json'], here)
  assert.match(kept.stdout, /^\d+ phrases? → p\.json\n$/)
  const joined = await wordloom(['phrases', 'text.txt', '--phrases', 'p.json', '-o', 'j.txt'], here)
  assert.match(joined.stdout, /2,800 words became [\d,]+ → j\.txt/)
  assert.match(readFileSync(join(folder, 'j.txt'), 'utf8'), /^x0 .*new_york.*\n/)
  const train = '--dimensions 4 --epochs 1 -q'
  const line = `wordloom train text.txt --phrases p.json -o v.safetensors ${train} && wordloom nearest v.safetensors new_york -n 2`
  assert.match((await shell(line, folder)).stdout, /^new_york\n/)
})

test('walks go to standard output or a file, and from there into training', async () => {
  const piped = await shell(
    `printf 'a b\\nb c 2\\n' | wordloom walks - --length 4 | wordloom train - -o n.safetensors --tokenizer whitespace --subsampling 0 -q --dimensions 4 && wordloom nearest n.safetensors a`,
    folder,
  )
  assert.match(piped.stdout, /^a\n/)
  writeFileSync(join(folder, 'edges.txt'), 'a b\nb c\n')
  const { stdout } = await wordloom(['walks', 'edges.txt', '-o', 'w.txt', '--json', '--directed'], here)
  assert.deepEqual(JSON.parse(stdout), { output: 'w.txt', nodes: 3, ways: 2, walks: 20 })
})

test('sentences get vectors, which are printed, kept and searched', async () => {
  await wordloom(['train', 'text.txt', '-o', 's.safetensors', '--dimensions', '4', '-q'], here)
  const input = 'x1 went to york\n\ny2 in new york\nzzz\n'
  const printed = await wordloom(['sentences', 's.safetensors'], { ...here, input })
  assert.match(printed.stdout, /^(\S+ \S+ \S+ \S+\n){4}$/)
  assert.equal(printed.stdout.split('\n')[1], '0 0 0 0') // a blank line keeps its place
  assert.ok(printed.stdout.endsWith('0 0 0 0\n'))
  writeFileSync(join(folder, 'lines.txt'), `${input}${input}`)
  const kept = await wordloom(['sentences', 's.safetensors', 'lines.txt', '-o', 'l.safetensors'], here)
  assert.equal(kept.stdout, '3 sentences, 2 with known words → l.safetensors\n')
  const found = await wordloom(
    ['sentences', 's.safetensors', 'lines.txt', '--nearest', 'in new york y2', '--json', '-n', '1'],
    here,
  )
  assert.equal(JSON.parse(found.stdout)[0].nearest[0].line, 'y2 in new york')
})

test('mistakes end in one sentence and the exit code of their kind', async () => {
  writeFileSync(join(folder, 'bad.json'), '{"format":"x"}')
  writeFileSync(join(folder, 'bad-edges.txt'), 'a b\na b c d e\n')
  const cases: [string[], number, RegExp][] = [
    [['phrases', 'none.txt'], 66, /none\.txt: no such file/],
    [['phrases', 'text.txt', '-o', 'none/x.txt'], 74, /none does not exist/],
    [['phrases', 'text.txt', '--phrases', 'p.json'], 64, /no place for the joined text\. Name one/],
    [['phrases', 'text.txt', '--phrases', 'bad.json', '-o', 'x.txt'], 65, /its "format" is "x"/],
    [['phrases', 'text.txt', '-output', 'x.txt'], 64, /-output has one dash\. Write --output, with two/],
    [
      ['phrases', 'text.txt', '--threshold', '1,2', '--passes', '3'],
      64,
      /--threshold has 2 numbers, and --passes is 3; expected one number, or 3, one for each pass\.$/m,
    ],
    [['train', 'text.txt', '-o', 'x.bin', '--phrases', 'none.json'], 66, /none\.json: no such file/],
    [['walks', 'bad-edges.txt'], 65, /line 2: there are more than three columns/],
    [['walks', 'none.txt'], 66, /no such file/],
    [['walks', 'edges.txt', '--p', '0'], 64, /--p is "0"/],
    [['sentences', 'none.bin'], 66, /no such file/],
    [
      ['sentences', 's.safetensors', 'lines.txt', '-o', 'x.doc'],
      64,
      /Cannot write x\.doc: its ending names no format/,
    ],
    [['sentences', 's.safetensors', 'lines.txt', '--pooling', 'max'], 64, /--pooling is "max"/],
  ]
  for (const [args, code, message] of cases) {
    const ended = await wordloom(args, { ...here, input: '' })
    assert.equal(ended.code, code, `${args.join(' ')}: ${ended.stderr}`)
    assert.match(ended.stderr, message)
    assert.equal(ended.stderr.trimEnd().split('\n').length, 1, ended.stderr)
  }
})
