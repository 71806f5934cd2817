import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** How a person calls us in the shell: by `npx` unless `PATH` has a `wordloom`. */
export function ownName(): string {
  return isInPath() ? 'wordloom' : 'npx wordloom'
}

/** Folders that npm puts into `PATH` for its scripts and for `npx` are not in that of the shell. */
function isInPath(): boolean {
  const folders = (process.env.PATH ?? '')
    .split(delimiter)
    .filter(folder => !/node_modules[\\/]\.bin$/.test(folder))
  const names = process.platform === 'win32' ? ['wordloom.cmd', 'wordloom.exe'] : ['wordloom']
  return folders.some(folder => folder !== '' && names.some(name => isExecutable(join(folder, name))))
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
