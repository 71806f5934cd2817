// Bundles studio/server-page into src/server/routes/start-page.generated.ts: the page of a server as one string, with
// the policy that lets its own script and styles run, and nothing else.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { bundledPage } from './bundled-page.mjs'
import { isFresh } from './fresh.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = `${root}studio/server-page/`
const target = `${root}src/server/routes/start-page.generated.ts`
const sources = [
  ...readdirSync(folder).map(file => folder + file),
  `${root}studio/element.ts`,
  `${root}studio/style/colors.css`,
  fileURLToPath(import.meta.url),
]

if (!isFresh(target, sources)) {
  const [script, style] = [
    (await bundledPage(`${folder}main.ts`)).trim(),
    (await bundledPage(`${folder}style.css`)).trim(),
  ]
  const page = readFileSync(`${folder}index.html`, 'utf8')
    .replace('/*STYLE*/', () => style)
    .replace('/*SCRIPT*/', () => script)
  const hash = text => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  const policy = [
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(style)}`,
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]
  writeFileSync(
    target,
    `// Made by scripts/build-server-page.mjs from studio/server-page.
export const PAGE: string = ${JSON.stringify(page)}
export const POLICY: string = ${JSON.stringify(policy.join('; '))}
`,
  )
}
