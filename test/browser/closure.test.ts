import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { importMap, mapIn } from './import-map.js'

const root = new URL('../../../', import.meta.url)
const { exports } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
  exports: Record<string, string>
}
const SERVER = './dist/server/index.js'
/** All but the server, which no page loads. */
const rooms = Object.values(exports).filter(path => path.endsWith('.js') && path !== SERVER)
const WORKERS = {
  './dist/classification/training/line-worker.browser.js': './dist/classification/training/line-service.js',
  './dist/training/run/worker.browser.js': './dist/training/run/thread.js',
  './dist/text/numbering-threads/numbering-worker.browser.js': './dist/text/numbering/kernel-numbering.js',
  './dist/search/scan-worker.browser.js': './dist/scan/row-scan.js',
}

/** All files that loading `entries` in a page loads, and what they import from outside the package. */
function closureOf(entries: readonly string[]): { files: Set<string>; packages: Set<string> } {
  const files = new Set<string>()
  const packages = new Set<string>()
  const visit = (path: string) => {
    if (files.has(path)) return
    files.add(path)
    for (const specifier of importsOf(path)) {
      if (specifier.startsWith('.')) visit(relativeTo(path, specifier))
      else if (specifier.startsWith('#platform/'))
        visit(`./dist/${specifier.slice('#platform/'.length)}.browser.js`)
      else packages.add(specifier)
    }
  }
  for (const entry of entries) visit(entry)
  return { files, packages }
}

/** Static and dynamic imports, without those that comments show. */
function importsOf(path: string): string[] {
  const code = readFileSync(new URL(path, root), 'utf8').replaceAll(/^\s*(\*|\/\/|\/\*).*$/gm, '')
  return [...code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^'\s()]+)'/g)].map(match => match[1]!)
}

function relativeTo(path: string, specifier: string): string {
  return `.${new URL(specifier, new URL(path, 'file:///')).pathname}`
}

test('no public room loads a module of Node in a page', () => {
  const { packages } = closureOf([...rooms, SERVER]) // workers at the edge load what pages do
  assert.deepEqual(
    [...packages].filter(specifier => specifier.startsWith('node:')),
    [],
  )
})

test('the import map that is shown has every name that a page needs', () => {
  const isMapped = (specifier: string) =>
    Object.keys(importMap.imports).some(
      key => specifier === key || (key.endsWith('/') && specifier.startsWith(key)),
    )
  const { packages, files } = closureOf(rooms)
  const names = [...files].flatMap(importsOf).filter(specifier => specifier.startsWith('#'))
  const missing = [...packages, ...names].filter(specifier => !isMapped(specifier))
  assert.deepEqual(missing, [])
  for (const [room, path] of Object.entries(exports))
    if (rooms.includes(path))
      assert.equal(importMap.imports[room.replace('.', 'wordloom')], path.replace('.', ''), room)
})

test('the documentation shows the import map of the example, for an installed package', () => {
  const installed = Object.entries(importMap.imports).map(([name, path]) => [
    name,
    path.replace(/^\/dist\//, '/node_modules/wordloom/dist/'),
  ])
  assert.deepEqual(mapIn('docs/browser.md').imports, Object.fromEntries(installed))
})

test('a worker loads files by relative paths only, since no import map reaches it', () => {
  for (const [worker, work] of Object.entries(WORKERS)) {
    const { files, packages } = closureOf([worker])
    assert.deepEqual([...packages], [])
    assert.deepEqual(
      [...files].flatMap(importsOf).filter(specifier => !specifier.startsWith('.')),
      [],
    )
    assert.ok(files.has(work))
  }
})

test('the script of a worker is named as bundlers look for it', () => {
  const scripts = readdirSync(new URL('dist', root), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('-script.browser.js'))
    .map(file => `./dist/${file}`)
  const named = scripts.map(path => {
    const code = readFileSync(new URL(path, root), 'utf8')
    const call = /new Worker\(new URL\('([^']+)', import\.meta\.url\), \{ type: 'module' \}\)/
    return relativeTo(path, call.exec(code)![1]!)
  })
  assert.deepEqual(named.sort(), Object.keys(WORKERS).sort())
})

test('a page leaves to its workers what waits for other threads', () => {
  const { files } = closureOf(rooms)
  assert.ok(!files.has('./dist/training/run/thread.js'))
  assert.ok(!files.has('./dist/classification/training/line-thread.js'))
})

test('what is written for pages stands beside what is written for Node', () => {
  const files = readdirSync(new URL('src', root), { recursive: true, encoding: 'utf8' })
  const named = (platform: string) =>
    files
      .filter(file => file.endsWith(`.${platform}.ts`))
      .map(file => file.replace(`.${platform}.ts`, ''))
      .sort()
  assert.deepEqual(named('browser'), named('node'))
})
