import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'

export const program = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url))

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

export interface Setting {
  cwd?: string
  input?: string | Uint8Array
  env?: Record<string, string>
}

/** Runs the command line as a person would, and waits for its end. */
export function wordloom(args: readonly string[], { cwd, input, env }: Setting = {}): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...args], { cwd, env: { ...process.env, ...env } })
  return ending(child, input)
}

/** The same in a shell, where `wordloom` stands for the program. */
export function shell(line: string, cwd: string): Promise<Ended> {
  const child = spawn('bash', ['-c', `wordloom() { '${process.execPath}' '${program}' "$@"; }; ${line}`], {
    cwd,
  })
  return ending(child)
}

function ending(child: ReturnType<typeof spawn>, input?: string | Uint8Array): Promise<Ended> {
  const output = { stdout: '', stderr: '' }
  child.stdout!.setEncoding('utf8').on('data', text => {
    output.stdout += text
  })
  child.stderr!.setEncoding('utf8').on('data', text => {
    output.stderr += text
  })
  child.stdin!.on('error', () => {}).end(input ?? '')
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', code => resolve({ code, ...output }))
  })
}

/** A folder that is there until the tests of the file are over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wordloom-cli-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
