import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { loadClassifier } from 'wordloom/classification'
import { program, temporaryFolder, wordloom } from './wordloom.js'

const models = fileURLToPath(new URL('../../../test/classification/models/', import.meta.url))
const model = join(models, 'softmax.bin')
const folder = temporaryFolder()
const run = (args: readonly string[], input?: string) =>
  wordloom(['classify', ...args], { cwd: folder, ...(input !== undefined && { input }) })

test('predict writes a line for each line, also while a pipe stays open', async () => {
  const child = spawn(process.execPath, [program, 'classify', 'predict', model, '-', '-n', '2'])
  const lines = child.stdout.setEncoding('utf8')
  const next = () => new Promise<string>(resolve => lines.once('data', resolve))
  const classifier = await loadClassifier(model)
  for (const text of ['a', 'lotona mipefu', 'totu toruri vifo']) {
    child.stdin.write(`${text}\n`)
    const [best] = classifier.predict(text)
    assert.ok((await next()).startsWith(`${best!.label}\t${best!.probability.toPrecision(6)}\t`))
  }
  child.stdin.end()
  await new Promise(resolve => child.once('close', resolve))
})

test('predict reads columns, and writes labels alone or JSON Lines', async () => {
  const csv = 'id,body\n1,"lotona\nmipefu"\n2,totu\n'
  const named = ['--format', 'csv', '--text-column', 'body']
  const labels = await run(['predict', model, '-', '--labels-only', ...named], csv)
  assert.deepEqual([labels.code, labels.stdout.split('\n').length], [0, 3])
  assert.match(labels.stderr, /the column "id" of standard input was passed over/)
  const json = (await run(['predict', model, '-', '--json', ...named], csv)).stdout.trim().split('\n')
  assert.deepEqual(
    json.map(line => JSON.parse(line).text),
    ['lotona\nmipefu', 'totu'],
  )
})

test('train, test and explain go together', async () => {
  const text = ['good fine lovely', 'bad poor dull']
    .flatMap((words, i) => words.split(' ').map(word => `__label__${['pos', 'neg'][i]} a ${word} film`))
    .join('\n')
  writeFileSync(join(folder, 't.txt'), text)
  const trained = await run(['train', 't.txt', '-o', 'm.safetensors', '--json', '--word-ngrams', '1'])
  assert.equal(trained.code, 0, trained.stderr)
  assert.deepEqual([JSON.parse(trained.stdout).labels, JSON.parse(trained.stdout).lines], [2, 6])
  const tested = await run([
    'test',
    'm.safetensors',
    't.txt',
    '--curve',
    'c.svg',
    '--precision-at-recall',
    '1',
  ])
  assert.match(
    tested.stdout,
    /6 lines[\s\S]*accuracy +100\.0 %[\s\S]*precision 100\.0 % at a recall of 1 or more \(labels with a probability of 0\.\d+ or more\)/,
  )
  assert.match(
    readFileSync(join(folder, 'c.svg'), 'utf8'),
    /^<svg[\s\S]*prefers-color-scheme: dark[\s\S]*<\/svg>/,
  )
  const explained = await run(['explain', 'm.safetensors', 'a', 'lovely', 'film'])
  assert.match(explained.stdout, /^pos {2}probability [\s\S]*lovely \(itself/)
})

test('what cannot be meant is told before any work', async () => {
  const refused = async (args: readonly string[], message: RegExp) => {
    const { code, stderr } = await run(args)
    assert.equal(code, 64)
    assert.match(stderr, message)
  }
  await refused(
    ['train', 't.txt', '-o', 'm.ftz'],
    /holds codes of rows.*wordloom convert model\.bin model\.ftz/,
  )
  await refused(['train', 't.txt', '-o', 'm.vec'], /names no format of classifiers/)
  await refused(['train', 't.txt', '-o', 'm.bin', '-wordNgrams', '2'], /Did you mean --word-ngrams\?/)
  await refused(['predict', '-', '-'], /standard input is named twice/)
  await refused(['predict', model], /classify predict needs <text>, a file or - for standard input/)
  await refused(['train', 't.txt'], /classify train needs --output/)
  await refused(['test', model, 't.txt', '--curve', 'c.png'], /Cannot write c\.png: .*\.svg\.$/m)
  const text = await run(['predict', model, 'a lovely film'])
  assert.deepEqual([text.code, /comes on standard input/.test(text.stderr)], [66, true])
  await refused(['explain', model, 'a', '--label', 'sn'], /has no label "sn"/)
  await refused(['prdict', model], /there is no verb "prdict"\. Did you mean predict\?/)
  const help = await wordloom(['help', 'classify', 'predict'])
  assert.match(help.stdout, /Usage: wordloom classify predict/)
})
