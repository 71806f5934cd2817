// Serves the project with the two headers that let a page train on all processors.
//   npm run build && node examples/browser/server.js
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname } from 'node:path'

const root = new URL('../../', import.meta.url)
const types = { '.html': 'text/html', '.css': 'text/css' }
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

const server = createServer(async ({ url }, response) => {
  try {
    const { pathname } = new URL(url, 'http://localhost')
    const body = await readFile(new URL(`.${pathname}`, root))
    const type = types[extname(pathname)] ?? 'text/javascript'
    response.writeHead(200, { ...isolation, 'Content-Type': type }).end(body)
  } catch {
    response.writeHead(404, isolation).end()
  }
})
server.listen(Number(process.env.PORT ?? 8000), '127.0.0.1', () =>
  console.log(`http://localhost:${server.address().port}/examples/browser/index.html`),
)
