import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { setTimeout as passed } from 'node:timers/promises'
import { openVectorFile } from 'wordloom/formats'
import type { DiskFile } from '#cli/studio/files'
import { serveStudio } from '#cli/studio/server'
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

/** The bytes of a request, with a target that no client would send. */
function requestFor(target: string, host = '127.0.0.1', more = ''): string {
  return `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n${more}\r\n`
}

function connectTo(url: string): Socket {
  return connect(Number(new URL(url).port), '127.0.0.1').on('error', () => {})
}

/** The status of the answer to these bytes; 0 where the connection is closed without any. */
async function statusOf(url: string, bytes: string): Promise<number> {
  const socket = connectTo(url).end(bytes, 'latin1')
  let answer = ''
  socket.on('data', part => {
    answer += part
  })
  await new Promise(resolve => socket.once('close', resolve)) // reset, where bytes came that nobody read
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0)
}

/** How many descriptors of this process are of that file. */
function openDescriptors(path: string): number {
  return readdirSync('/proc/self/fd').filter(number => {
    try {
      return readlinkSync(`/proc/self/fd/${number}`) === path
    } catch {
      return false // that of the folder itself
    }
  }).length
}

async function closed(path: string): Promise<number> {
  for (let round = 0; round < 100 && openDescriptors(path) > 0; round++) await passed(50)
  return openDescriptors(path)
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

test('no request ends the studio, whatever it asks for', async t => {
  const server = await serveStudio(new Map([['index.html', new Uint8Array(9)]]), 0)
  t.after(() => server.close())
  const { port } = new URL(server.url)
  const ask = (...request: Parameters<typeof requestFor>) => statusOf(server.url, requestFor(...request))
  const targets: [string, number][] = [
    ['/', 200],
    ['/index.html?%', 200],
    [`http://127.0.0.1:${port}/`, 200],
    ['//', 400],
    ['///index.html', 400],
    ['//elsewhere.example/', 400],
    ['http://elsewhere.example/', 400],
    ['http://[', 400],
    ['http://', 400],
    ['*', 400],
    ['x', 400],
    ['/%', 400],
    ['/%E0%A4%A', 400],
    ['/\0', 400],
    ['/%00', 404],
    ['/__proto__', 404],
    ['/../index.html', 404],
    ['/\\', 404],
    [`/${'a'.repeat(10_000)}`, 404],
    [`/${'a'.repeat(30_000)}`, 431],
  ]
  for (const [target, expected] of targets) {
    assert.equal(await ask(target), expected, target.slice(0, 40))
    assert.equal((await fetch(server.url)).status, 200, `after ${target.slice(0, 40)}`)
  }
  for (const target of ['/', '//', '*', '/%'])
    assert.equal(await ask(target, 'elsewhere.example'), 403, target)
  for (const range of ['bytes=9-', 'bytes=5-4', 'bytes=99999999999999999999999999-'])
    assert.equal(await ask('/', '127.0.0.1', `Range: ${range}\r\n`), 416, range)
  for (const range of ['bytes=-', 'bytes=-5', 'lines=1-2', 'bytes=0-1,3-4', '\xff'])
    assert.equal(await ask('/', '127.0.0.1', `Range: ${range}\r\n`), 200, range)
  assert.equal(await statusOf(server.url, 'OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n'), 405)
  assert.equal(await statusOf(server.url, 'CONNECT // HTTP/1.1\r\nHost: localhost\r\n\r\n'), 0)
  assert.equal(await statusOf(server.url, '\0\r\n\r\n'), 400)
  assert.equal((await fetch(server.url)).status, 200)
})

test('a download that is broken off leaves no file open, nor do many that are asked for at once', {
  skip: existsSync('/proc/self/fd') ? false : 'open files are counted in /proc/self/fd, which is not there',
}, async t => {
  const path = join(folder, 'large.safetensors')
  writeFileSync(path, new Uint8Array(8_000_000))
  const server = await serveStudio(new Map([['large', { path, size: 8_000_000 }]]), 0)
  t.after(() => server.close())
  for (const together of [1, 200])
    for (let round = 0; round < 20; round++) {
      const socket = connectTo(server.url)
      socket.write(requestFor('/large').repeat(together))
      await once(socket, 'data')
      assert.ok(openDescriptors(path) <= round + 1, 'one file a connection')
      socket.destroy()
    }
  assert.equal(await closed(path), 0)
  const whole = await fetch(new URL('large', server.url))
  assert.equal((await whole.arrayBuffer()).byteLength, 8_000_000)
})

test('files that are asked for one after another on a connection come whole and in order', async t => {
  const path = join(folder, 'three.bin')
  writeFileSync(path, 'abc')
  const server = await serveStudio(new Map([['three', { path, size: 3 }]]), 0)
  t.after(() => server.close())
  const last = requestFor('/three', '127.0.0.1', 'Connection: close\r\nRange: bytes=2-2\r\n')
  const socket = connectTo(server.url)
  socket.write(requestFor('/three').repeat(30) + last)
  const answer = await text(socket)
  assert.deepEqual(answer.match(/(?<=\r\n\r\n)\w+?(?=HTTP|$)/g), [
    ...Array.from({ length: 30 }, () => 'abc'),
    'c',
  ])
})

test('a file that has gone ends its own download alone', async t => {
  const files = new Map<string, Uint8Array | DiskFile>([
    ['gone', { path: join(folder, 'gone.bin'), size: 3 }],
    ['index.html', new Uint8Array(1)],
  ])
  const server = await serveStudio(files, 0)
  t.after(() => server.close())
  assert.equal((await fetch(new URL('gone', server.url))).status, 410)
  assert.equal((await fetch(server.url)).status, 200)
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

test('a file that another one has replaced is known to be another, by its page and by who reads on', async () => {
  const [path, next] = [join(folder, 'model.safetensors'), join(folder, 'next.vec')]
  writeFileSync(next, '3 2\nyou 6 5\nknow 4 3\nwords 2 1\n')
  assert.equal((await wordloom(['convert', vectors, path])).code, 0)
  const { url, interrupt } = await started(path, '--port', '0')
  const address = new URL('vectors.safetensors', url)
  const file = await openVectorFile(address)
  assert.deepEqual([...(await file.vector('know'))!], [3, 4])
  const { headers } = await fetch(address, { method: 'HEAD' })
  assert.equal((await wordloom(['convert', next, path])).code, 0)
  await assert.rejects(file.vector('words'), { code: 'bad-data', message: /has changed on the server/ })
  const replaced = await fetch(address, { method: 'HEAD' })
  assert.notEqual(replaced.headers.get('etag'), headers.get('etag'))
  assert.deepEqual([...(await (await openVectorFile(address)).vector('know'))!], [4, 3])
  assert.equal(await interrupt(), 0)
})

test('two models of different dimensions are not laid on each other', async () => {
  const [ours, wide] = [join(folder, 'narrow.safetensors'), join(folder, 'wide.vec')]
  writeFileSync(wide, '1 3\nyou 6 5 4\n')
  assert.equal((await wordloom(['convert', vectors, ours])).code, 0)
  for (const [first, second] of [
    [ours, wide],
    [vectors, wide],
  ]) {
    const { code, stderr } = await wordloom(['studio', first!, second!, '--out', join(folder, 'unlike')])
    assert.equal(code, 65)
    assert.match(
      stderr,
      /wide\.vec: its vectors have 3 dimensions; expected 2, as those of .*\. Give two models/,
    )
  }
  assert.ok(!existsSync(join(folder, 'unlike')))
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
    'third-party.txt',
  ])
    assert.ok(files.includes(name), name)
  const notices = readFileSync(join(site, 'third-party.txt'), 'utf8')
  for (const name of ['katex', 'hyparquet', 'fzstd'])
    assert.match(notices, new RegExp(`\\n${name} \\d+\\.\\d+\\.\\d+ \\(MIT\\)\\n[^]*?Copyright`), name)
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
  assert.match(file.stderr, /a file is in the place of the folder\. Name another/)
})
