import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))

const programs = [
  './whole-use.js',
  './classifier-use.js',
  './classifier-answers.js',
  './server-use.js',
  './server-answers.js',
  '../kernels/answers.js',
]

/** A project in a new folder, with Wordloom among its packages as npm would put it there, and programs that use it. It goes with the process. */
export function projectWithWordloom(): string {
  const project = mkdtempSync(join(tmpdir(), 'wordloom-runtimes-'))
  process.once('exit', () => rmSync(project, { recursive: true, force: true }))
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }\n')
  const installed = join(project, 'node_modules/wordloom')
  mkdirSync(installed, { recursive: true })
  for (const name of ['dist', 'package.json'])
    cpSync(join(root, name), join(installed, name), { recursive: true })
  for (const name of readdirSync(join(root, 'node_modules')))
    if (!name.startsWith('.'))
      symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name))
  for (const program of programs)
    cpSync(fileURLToPath(new URL(program, import.meta.url)), join(project, basename(program)))
  return project
}
