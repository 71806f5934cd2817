import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { test } from 'node:test'
import { openVectorFile } from 'wordloom/formats'
import { serveStudio } from '#cli/studio-server'
import { program, temporaryFolder, wordloom } from './wordloom.js'

const folder = temporaryFolder()
const vectors = join(folder, 'five.txt')
writeFileSync(vectors, '3 2\nyou 1 2\nknow 3 4\nwords 5 6\n')

/** The studio as a person starts it, its address once it is there, and a way to press Ctrl-C. */
async function started(...args: string[]) {
  const child = spawn(process.execPath, [program, 'studio', '--json', ...args])
  const output = { stdout: '', stderr: '' }
  const ended = new Promise<number | null>(resolve => child.on('close', resolve))
  child.stderr.on('data', text => {
    output.stderr += text
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', text => {
      output.stdout += text
      if (output.stdout.includes('\n')) resolve(JSON.parse(output.stdout).url)
    })
    child.on('close', () => reject(new Error(output.stderr)))
  })
  const interrupt = () => {
    child.kill('SIGINT')
    return ended
  }
  return { url, interrupt }
}

/** The status of a request that says it is for another host, or of another method. */
function status(url: string, options: object): Promise<number | undefined> {
  return new Promise((resolve, reject) =>
    request(url, options, response => resolve(response.resume().statusCode))
      .on('error', reject)
      .end(),
  )
}

test('the studio is served with its files and ends cleanly on Ctrl-C', async () => {
  const { url, interrupt } = await started('--port', '0')
  const page = await fetch(url)
  assert.equal(page.headers.get('content-type'), 'text/html; charset=utf-8')
  const html = await page.text()
  for (const [, path] of html.matchAll(/(?:href|src)="(studio[^"]+)"/g))
    assert.equal((await fetch(new URL(path!, url))).status, 200, path)
  assert.match(html, /<meta name="wordloom-vectors" content="">/)
  assert.equal((await fetch(new URL('package.json', url))).status, 404)
  assert.equal((await fetch(new URL('..%2f..%2fpackage.json', url))).status, 404)
  assert.equal(await interrupt(), 0)
})

test('it answers nobody but this machine, and only questions', async () => {
  const server = await serveStudio(new Map([['index.html', new Uint8Array(1)]]), 0)
  assert.equal(await status(server.url, {}), 200)
  assert.equal(await status(server.url, { headers: { host: 'elsewhere.example' } }), 403)
  assert.equal(await status(server.url, { method: 'POST' }), 405)
  await server.close()
})

test('a port that is taken is passed over', async () => {
  const files = new Map([['index.html', new Uint8Array(1)]])
  const first = await serveStudio(files, 0)
  const port = Number(new URL(first.url).port)
  const second = await serveStudio(files, port)
  assert.notEqual(second.url, first.url)
  await Promise.all([first.close(), second.close()])
})

test('a file of vectors is served beside the page', async () => {
  const { url, interrupt } = await started(vectors, '--limit', '2', '--port', '0')
  assert.match(await (await fetch(url)).text(), /name="wordloom-vectors" content="vectors\.safetensors"/)
  const bytes = new Uint8Array(await (await fetch(new URL('vectors.safetensors', url))).arrayBuffer())
  const header = new TextDecoder().decode(bytes.subarray(8, 8 + bytes[0]! + 256 * bytes[1]!))
  assert.deepEqual(JSON.parse(header).vectors.shape, [2, 2])
  assert.equal(await interrupt(), 0)
})

test('a file of our own is served from where it lies, whole or in ranges', async () => {
  const path = join(folder, 'ours.safetensors')
  assert.equal((await wordloom(['convert', vectors, path])).code, 0)
  const { url, interrupt } = await started(path, path, '--port', '0')
  const html = await (await fetch(url)).text()
  assert.match(html, /name="wordloom-vectors" content="vectors\.safetensors" data-name="ours\.safetensors">/)
  assert.match(html, /name="wordloom-other" content="other\.safetensors" data-name="ours\.safetensors">/)
  const address = new URL('vectors.safetensors', url)
  const bytes = readFileSync(path)
  assert.deepEqual(Buffer.from(await (await fetch(address)).arrayBuffer()), bytes)
  const part = await fetch(address, { headers: { Range: 'bytes=8-20' } })
  assert.equal(part.status, 206)
  assert.equal(part.headers.get('content-range'), `bytes 8-20/${bytes.length}`)
  assert.deepEqual(Buffer.from(await part.arrayBuffer()), bytes.subarray(8, 21))
  assert.equal((await fetch(address, { headers: { Range: 'bytes=99999999-' } })).status, 416)
  const file = await openVectorFile(address)
  assert.deepEqual([...(await file.vector('know'))!], [3, 4])
  assert.equal(await interrupt(), 0)
})

test('--out writes static files with relative addresses, fonts and no page of another place', async () => {
  const { code, stdout, stderr } = await wordloom(['studio', vectors, '--out', 'site/of/mine', '--json'], {
    cwd: folder,
  })
  assert.equal(code, 0, stderr)
  const site = join(folder, 'site/of/mine')
  const { files } = JSON.parse(stdout)
  for (const name of [
    'index.html',
    'studio.js',
    'map-worker.js',
    'studio.css',
    'vectors.safetensors',
    'fonts/KaTeX_Main-Regular.woff2',
  ])
    assert.ok(files.includes(name), name)
  const html = readFileSync(join(site, 'index.html'), 'utf8')
  for (const [, address] of html.matchAll(/(?:href|src)="([^"]+)"/g))
    assert.match(address!, /^(studio\.|data:,|#)/)
  const css = readFileSync(join(site, 'studio.css'), 'utf8')
  for (const [, address] of css.matchAll(/url\(([^)]+)\)/g))
    assert.match(address!, /^"?(\.\/)?fonts\/[\w-]+\.woff2"?$/)
  assert.ok(readdirSync(join(site, 'fonts')).every(name => name.endsWith('.woff2')))
})

test('mistakes are told in a sentence', async () => {
  const run = (...args: string[]) => wordloom(['studio', ...args], { cwd: folder })
  const [both, limit, missing, file] = await Promise.all([
    run('--out', 'x', '--port', '1'),
    run('--limit', '5'),
    run('none.bin'),
    run('--out', 'five.txt/x'),
  ])
  assert.deepEqual([both.code, limit.code, missing.code, file.code], [64, 64, 66, 74])
  assert.match(both.stderr, /--out serves nothing/)
  assert.match(limit.stderr, /--limit is for a file of vectors/)
  assert.match(file.stderr, /the folder cannot be made \(ENOTDIR\)/)
})
