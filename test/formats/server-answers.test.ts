import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { openVectorFile } from '#formats/index'
import { awkwardVectors, bytesIn } from './sample.js'

const bytes = bytesIn('safetensors', awkwardVectors())

async function served(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v.safetensors`
}

/** Answers the first request for one byte rightly, and those that follow as `answer` does. */
function afterTheFirst(
  answer: (start: number, end: number, response: Parameters<RequestListener>[1]) => void,
) {
  const listener: RequestListener = (request, response) => {
    const [, from, to] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '')!
    const [start, end] = [Number(from), Number(to) + 1]
    response.statusCode = 206
    response.setHeader('Content-Range', `bytes ${start}-${end - 1}/${bytes.length}`)
    if (end - start > 1) answer(start, end, response)
    else response.end(bytes.subarray(start, end))
  }
  return served(listener)
}

test('an answer that never ends is not read beyond what was asked for', async () => {
  let sent = 0
  const url = await afterTheFirst((start, end, response) => {
    const more = () => {
      if (response.destroyed) return
      sent += 1 << 16
      response.write(Buffer.alloc(1 << 16), () => setImmediate(more))
    }
    response.write(bytes.subarray(start, end), more)
  })
  await assert.rejects(openVectorFile(url), {
    code: 'bad-data',
    message: /the server sent more bytes: the file was/,
  })
  assert.ok(sent < 1 << 24, `${sent} bytes were sent`)
})

test('another range than was asked for is refused', async () => {
  const url = await afterTheFirst((start, end, response) => {
    response.setHeader('Content-Range', `bytes ${start + 8}-${end + 7}/${bytes.length}`)
    response.end(bytes.subarray(start, end))
  })
  await assert.rejects(openVectorFile(url), {
    code: 'bad-data',
    message: /the server sent bytes 8 to \d+: the file/,
  })
})

test('a body that breaks off, or lies about its compression, is a sentence with its address', async () => {
  const broken = await afterTheFirst((start, end, response) => {
    response.setHeader('Content-Length', end - start)
    response.write(bytes.subarray(start, start + 4), () => response.destroy())
  })
  await assert.rejects(openVectorFile(broken), {
    code: 'no-input',
    message: /v\.safetensors: it cannot be fetched \(/,
  })
  const zipped = await afterTheFirst((start, end, response) => {
    response.setHeader('Content-Encoding', 'gzip')
    response.end(bytes.subarray(start, end))
  })
  await assert.rejects(openVectorFile(zipped), { code: 'no-input' })
})

test('a server that never answers is given up in time, or when the signal asks', async () => {
  const silent = await served(() => {})
  await assert.rejects(openVectorFile(silent, { timeout: 0.2 }), {
    code: 'no-input',
    message: /it cannot be fetched \(no whole answer within 0\.2 s\)/,
  })
  const half = await afterTheFirst(
    (start, _, response) => void response.write(bytes.subarray(start, start + 1)),
  )
  await assert.rejects(openVectorFile(half, { timeout: 0.2 }), { code: 'no-input' })
  const controller = new AbortController()
  const opening = openVectorFile(silent, { signal: controller.signal })
  controller.abort()
  await assert.rejects(opening, { code: 'aborted' })
  await assert.rejects(openVectorFile(silent, { signal: controller.signal }), { code: 'aborted' })
  await assert.rejects(openVectorFile(silent, { timeout: 0 }), {
    code: 'usage',
    message: 'Cannot open the file: timeout is 0; expected a number from 0.001 to 1,000,000.',
  })
})
