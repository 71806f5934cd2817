// Which of the compiled tests a command runs.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = new URL('../build/test/', import.meta.url).pathname
const sources = new URL('../test/', import.meta.url).pathname

/**
 * Paths of tests whose names have one of the `wanted` parts. Where none is wanted, those of a kind: 'pages' drive a
 * browser, 'runtimes' need others than Node, 'faults' are those of test/faults, 'long' those whose names end in
 * .long.test, 'plain' all others.
 */
export function testFiles(kind, wanted = []) {
  return readdirSync(folder, { recursive: true })
    .filter(name => name.endsWith('.test.js') && hasSource(name))
    .filter(name => (wanted.length > 0 ? wanted.some(part => isMeant(name, part)) : kindOf(name) === kind))
    .sort()
    .map(name => join(folder, name))
}

/** What was compiled stays when its source is renamed. */
function hasSource(name) {
  return existsSync(join(sources, name.replace(/\.js$/, '.ts')))
}

/** Tests of faults are long, and run where they are named only. */
function isMeant(name, part) {
  return name.includes(part) && (!name.startsWith('faults') || part.startsWith('faults'))
}

function kindOf(name) {
  if (name.startsWith('faults')) return 'faults'
  if (name.startsWith('runtimes')) return 'runtimes'
  const drivesBrowser = /from '(\.\.\/browser|\.)\/(browsers|chromium|firefox|open-page)\.js'/
  if (drivesBrowser.test(readFileSync(join(folder, name), 'utf8'))) return 'pages'
  return name.endsWith('.long.test.js') ? 'long' : 'plain'
}
