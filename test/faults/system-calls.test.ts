import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { plantedText } from '../cli/planted-text.js'
import { program, temporaryFolder, wordloom } from '../cli/wordloom.js'

const folder = temporaryFolder()
const inputs = join(folder, 'inputs')
const preload = new URL('failing-system.js', import.meta.url).href

/** A short run of each verb that reads or writes files. */
const runs: Readonly<Record<string, readonly string[]>> = {
  train: [
    'train',
    'text.txt',
    '-o',
    'out.safetensors',
    '--map',
    'out.html',
    '--save-vocabulary',
    'out.txt',
    ...small(),
  ],
  'train --continue': ['train', 'text.txt', '--continue', 'model.safetensors', '-o', 'out.bin', ...small()],
  'train --resume': ['train', 'text.txt', '-o', 'out.vec', '--resume', ...small()],
  phrases: ['phrases', 'text.txt', '-o', 'out.txt.gz'],
  walks: ['walks', 'edges.tsv', '-o', 'out.txt', '--length', '3', '--walks-per-node', '1'],
  sentences: ['sentences', 'model.safetensors', 'text.txt', '-o', 'out.safetensors'],
  nearest: ['nearest', 'model.safetensors', 'cat'],
  'nearest in text': ['nearest', 'model.vec.gz', 'cat'],
  evaluate: ['evaluate', 'model.safetensors', 'sets'],
  compare: ['compare', 'model.safetensors', 'model.vec.gz'],
  convert: ['convert', 'model.safetensors', 'out.bin'],
  'convert to two files': ['convert', 'model.safetensors', 'out.npy'],
  infer: ['infer', 'documents.safetensors', 'lines.txt', '-o', 'out.safetensors', '--epochs', '1'],
  map: ['map', 'model.safetensors', '-o', 'out.svg', '--words', '5'],
  'studio --out': ['studio', 'model.safetensors', '--out', 'site'],
  'equations check': ['equations', 'check', 'values.json'],
}

before(async () => {
  mkdirSync(join(inputs, 'sets'), { recursive: true })
  const file = (name: string, text: string) => writeFileSync(join(inputs, name), text)
  file('text.txt', plantedText(300))
  file('lines.txt', plantedText(3))
  file('edges.tsv', 'a\tb\nb\tc\nc\ta\n')
  file('sets/pairs.tsv', 'cat\tdog\t5\ncow\tcat\t3\ndog\tcow\t4\n')
  file('values.json', '{"cases": []}')
  const run = async (...args: string[]) =>
    assert.equal((await wordloom(args, { cwd: inputs })).code, 0, args.join(' '))
  await run('train', 'text.txt', '-o', 'model.safetensors', ...small())
  await run('train', 'text.txt', '-o', 'documents.safetensors', '--architecture', 'pv-dbow', ...small())
  await run('convert', 'model.safetensors', 'model.vec.gz')
})

for (const [name, args] of Object.entries(runs))
  test(`${name}: whichever call of the file system fails, a sentence says so, with its code`, async () => {
    const ends = await Promise.all([1, 2].map(lane => failEach(lane, args)))
    assert.ok(ends.every(({ calls }) => calls > 0))
    assert.deepEqual(
      ends.flatMap(({ wrong }) => wrong),
      [],
    )
  })

function small(): string[] {
  return ['--dimensions', '4', '--epochs', '1', '--min-count', '1', '--threads', '1', '-q']
}

/** Runs a verb again and again, with every second of its calls failing in turn, until it makes no more of them. */
async function failEach(lane: number, args: readonly string[]): Promise<{ calls: number; wrong: string[] }> {
  const wrong: string[] = []
  for (let call = lane; ; call += 2) {
    const { fired, complaint } = await withFailing(call, args, join(folder, `lane-${lane}`))
    if (complaint !== undefined) wrong.push(complaint)
    if (!fired) return { calls: call - lane, wrong }
  }
}

/** Runs a verb in a folder of its own, with a call that fails; gives what is wrong with the way it ended. */
async function withFailing(
  call: number,
  args: readonly string[],
  cwd: string,
): Promise<{ fired: boolean; complaint: string | undefined }> {
  rmSync(cwd, { recursive: true, force: true })
  cpSync(inputs, cwd, { recursive: true })
  const report = `${cwd}.json`
  rmSync(report, { force: true })
  const env = { ...process.env, FAILING_CALL: String(call), FAILING_REPORT: report }
  const ended = await new Promise<{ code: number; stderr: string }>(resolve =>
    execFile(
      process.execPath,
      ['--import', preload, program, ...args],
      { cwd, env, timeout: 60_000 },
      (error, _, stderr) => resolve({ code: error ? Number(error.code ?? 999) : 0, stderr }),
    ),
  )
  const { failed } = JSON.parse(readFileSync(report, 'utf8')) as { failed: string }
  const isSaid =
    ended.code === 0 || ([64, 65, 66, 71, 74].includes(ended.code) && /^wordloom: ./m.test(ended.stderr))
  const hasStack = /^\s+at /m.test(ended.stderr)
  return {
    fired: failed !== '',
    complaint:
      failed !== '' && (!isSaid || hasStack)
        ? `call ${call}, ${failed}: exit ${ended.code}, ${ended.stderr}`
        : undefined,
  }
}
