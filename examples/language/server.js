// Bundles the page into one small file, and serves it.
//   npm run build && node examples/language/server.js
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))

/** page.js with all that it needs of the package, and nothing else. */
export async function bundled() {
  const { outputFiles } = await build({
    entryPoints: [`${here}page.js`],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    outdir: here,
    write: false,
  })
  return Buffer.from(outputFiles[0].contents)
}

/** The files of the page, by their addresses. */
export async function pageFiles() {
  return {
    '/': { type: 'text/html', body: await readFile(`${here}index.html`) },
    '/page.js': { type: 'text/javascript', body: await bundled() },
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = await pageFiles()
  const server = createServer(({ url }, response) => {
    const { type = 'text/plain', body = 'not found' } = files[url] ?? {}
    response.writeHead(url in files ? 200 : 404, { 'Content-Type': type }).end(body)
  })
  server.listen(Number(process.env.PORT ?? 8000), '127.0.0.1', () =>
    console.log(`http://localhost:${server.address().port}/`),
  )
}
