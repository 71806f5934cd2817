import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'

/** Reads standard input in a process of its own; gives what it printed. */
export function readInput(script: string, input: Uint8Array): string {
  const imports = `import { readTokens } from ${JSON.stringify(import.meta.resolve('#text/index'))}\n`
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', imports + script], {
    input,
    maxBuffer: 1 << 20,
  })
  assert.equal(child.stderr.toString(), '')
  return child.stdout.toString()
}
