import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Random } from '#math/random'

export const program = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url))
export const onWindows = process.platform === 'win32' && 'Windows has no such signals'

/** A folder that is there until the tests of the file are over. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wordloom-training-faults-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Sentences of about 13 words, each about one of a hundred topics. */
export function topicText(sentences: number): string {
  const lines = Array.from({ length: sentences }, (_, s) => {
    const random = new Random(11, s)
    const topic = random.below(100)
    return Array.from({ length: 5 + random.below(20) }, () =>
      random.uniform() < 0.6
        ? `w${topic * 30 + random.below(30)}`
        : `w${Math.floor(3000 ** random.uniform())}`,
    ).join(' ')
  })
  return `${lines.join('\n')}\n`
}

/** Writes the text that all these tests learn from. */
export function writeText(folder: string, sentences = 3000): string {
  writeFileSync(join(folder, 'text.txt'), topicText(sentences))
  return 'text.txt'
}

/** Writes lines with labels, which classifiers learn from. */
export function writeLabelledLines(folder: string, count = 3000): string {
  const lines = topicText(count).trimEnd().split('\n')
  const labelled = lines.map(
    (line, i) => `__label__${/w(\d+)/.exec(line)![1]!.at(-1)} ${line}${i % 5 ? '' : ' !'}\n`,
  )
  writeFileSync(join(folder, 'lines.txt'), labelled.join(''))
  return 'lines.txt'
}

export const blocks = ['--schedule', 'blocks', '--min-count', '1', '--dimensions', '20', '--epochs', '20']
export const windows = [
  '--schedule',
  'windows',
  '--threads',
  '1',
  '--min-count',
  '1',
  '--dimensions',
  '20',
  '--epochs',
  '6',
]

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** A process that trains, and its end. */
export interface Trainer {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  /** When standard error says so; rejected where the process ends before. */
  says(text: RegExp): Promise<void>
}

export interface Setting {
  readonly env?: Record<string, string>
  /** Runs this shell line before, such as a limit. */
  readonly before?: string
  readonly nodeArguments?: readonly string[]
  /** By default `train`. */
  readonly verb?: readonly string[]
}

/** Starts `wordloom train text.txt -o <output> …`, or another verb that trains, in the folder. */
export function trainer(folder: string, args: readonly string[], setting: Setting = {}): Trainer {
  const { before, env, nodeArguments = [], verb = ['train'] } = setting
  const line = [process.execPath, ...nodeArguments, program, ...verb, ...args]
  const options = { cwd: folder, env: { ...process.env, ...env } }
  const child = before
    ? spawn('bash', ['-c', `${before}; exec "$@"`, 'bash', ...line], options)
    : spawn(line[0]!, line.slice(1), options)
  const output = { stdout: '', stderr: '' }
  const watchers: (() => void)[] = []
  child.stdout.setEncoding('utf8').on('data', text => {
    output.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', text => {
    output.stderr += text
    for (const watcher of watchers) watcher()
  })
  child.stdin.on('error', () => {})
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject).on('close', (code, signal) => resolve({ code, signal, ...output }))
  })
  return {
    child,
    ended,
    says: text =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (text.test(output.stderr)) resolve()
        }
        watchers.push(look)
        look()
        ended.then(() => reject(new Error(`it ended without a word of ${text}: ${output.stderr}`)), reject)
      }),
  }
}

export function train(folder: string, args: readonly string[], setting?: Setting): Promise<Ended> {
  const started = trainer(folder, args, setting)
  started.child.stdin!.end()
  return started.ended
}

/** Runs a line in a shell, where `wordloom` stands for the program. */
export function shell(line: string, folder: string): Promise<{ code: number | null; stderr: string }> {
  const child = spawn('bash', ['-c', `wordloom() { '${process.execPath}' '${program}' "$@"; }; ${line}`], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stderr = ''
  child.stderr!.setEncoding('utf8').on('data', told => {
    stderr += told
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', code => resolve({ code, stderr }))
  })
}

export function digestOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

/** What lies in the folder under names that begin so. */
export function filesOf(folder: string, name: string): string[] {
  return readdirSync(folder)
    .filter(file => file.startsWith(name) || file.startsWith(`.${name}`))
    .sort()
}

export function hasCheckpoint(folder: string, output: string): boolean {
  return ['1', '2'].some(slot => existsSync(join(folder, `${output}.checkpoint.${slot}`)))
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds))
}

/** A module that is loaded before the program, and on each of its threads: where a fault is planted. */
export function preload(folder: string, name: string, code: string): Setting {
  const path = join(folder, `${name}.preload.mjs`)
  writeFileSync(path, code)
  return { env: { NODE_OPTIONS: `--import ${pathToFileURL(path)}` } }
}
