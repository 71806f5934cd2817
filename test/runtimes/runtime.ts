import { execFile } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A program that runs JavaScript and is not Node. */
export interface Runtime {
  readonly name: string
  /** What its arguments begin with. */
  readonly run: readonly string[]
  /** Where it lies; undefined if it is not installed. */
  readonly path: string | undefined
  /** Why its tests are skipped, or false. */
  readonly skip: string | false
}

/** Its path stands in an environment variable, `DENO` for `deno`, or it is found by PATH. */
export function runtime(name: string, run: readonly string[] = []): Runtime {
  const variable = name.toUpperCase()
  const path = process.env[variable] ?? found(name)
  const skip = path === undefined && `${name} is not installed: put it into PATH, or name it in ${variable}`
  return { name, run, path, skip }
}

/** Runs it in a folder, to its end. */
export function outputOf(
  { path, run }: Pick<Runtime, 'path' | 'run'>,
  args: readonly string[],
  cwd: string,
): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const env = { ...process.env, DENO_NO_UPDATE_CHECK: '1', DENO_DIR: join(cwd, 'deno') }
  return new Promise(resolve =>
    execFile(path!, [...run, ...args], { cwd, env, timeout: 120_000 }, (error, stdout, stderr) =>
      resolve({ code: error ? (error.code ?? error.signal) : 0, stdout, stderr }),
    ),
  )
}

function found(name: string): string | undefined {
  const places = (process.env.PATH ?? '').split(delimiter).map(folder => join(folder, name))
  return places.find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
