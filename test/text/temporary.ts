import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after } from 'node:test'

/** A folder with the files given, gone after the tests; gives the path of a name in it. */
export function temporaryFolder(files: Record<string, string | Uint8Array> = {}): (name?: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'wordloom-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return (name = '') => join(folder, name)
}
