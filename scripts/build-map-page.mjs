// Bundles studio/map-page, the script and the styles of a saved map, into src/map/map-page.generated.ts: two strings,
// for they stand in every map's file. Of the rest of the studio they use some files, of `wordloom/map` only types, as
// that is compiled later.
import { readdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { bundledPage } from './bundled-page.mjs'
import { isFresh } from './fresh.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const target = `${root}src/map/map-page.generated.ts`
const sources = readdirSync(`${root}studio`, { recursive: true })
  .filter(file => /\.(ts|css)$/.test(file))
  .map(file => `${root}studio/${file}`)

if (!isFresh(target, [...sources, fileURLToPath(import.meta.url)])) {
  const script = await bundledPage(`${root}studio/map-page/main.ts`)
  const style = await bundledPage(`${root}studio/map-page/style.css`)
  writeFileSync(
    target,
    `// Made by scripts/build-map-page.mjs from studio/map-page.
export const SCRIPT: string = ${JSON.stringify(script)}
export const STYLE: string = ${JSON.stringify(style)}
`,
  )
  if (process.argv.includes('--verbose'))
    process.stderr.write(`studio/map-page: ${script.length} bytes of script, ${style.length} of styles\n`)
}
