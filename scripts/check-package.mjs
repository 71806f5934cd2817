// Checks the package as npm would publish it: its manifest (publint) and its types (are the types wrong).
import { execFileSync } from 'node:child_process'

const run = (tool, ...args) =>
  execFileSync('npx', ['--no-install', tool, ...args], { stdio: ['ignore', 'inherit', 'inherit'] })

try {
  run('publint', '--strict')
  run('attw', '--pack', '.', '--profile', 'esm-only', '--format', 'ascii', '--quiet')
} catch (error) {
  process.exitCode = error.status ?? 1
}
