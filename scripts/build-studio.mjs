// Bundles studio/ into dist/studio: one page, its script, the worker of its map, one sheet of styles and the fonts of its formulas, and
// the notices of all packages that are in them, with relative addresses, so that any web host can serve the folder under any path.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { studioSample } from './studio-sample.mjs'
import { thirdPartyNotices } from './third-party.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const output = `${root}dist/studio`

// The faces that formulas on the page use; each is loaded only where one of its letters stands.
const faces = /^KaTeX_(Main-(Regular|Bold|Italic)|Math-Italic|AMS-Regular|Size[1-4]-Regular)\.woff2$/

/** KaTeX's styles with those faces alone, and of each the one format that every browser reads. */
const mathFonts = {
  name: 'math-fonts',
  setup(plugin) {
    plugin.onLoad({ filter: /katex(\.min)?\.css$/ }, async ({ path }) => {
      const css = await readFile(path, 'utf8')
      const contents = css.replaceAll(/@font-face\s*\{[^}]*\}/g, face => {
        const file = /fonts\/([\w-]+\.woff2)/.exec(face)?.[1] ?? ''
        return faces.test(file) ? face.replace(/,\s*url\([^)]*\.(woff|ttf)\)\s*format\([^)]*\)/g, '') : ''
      })
      return { contents, loader: 'css' }
    })
  },
}

rmSync(output, { recursive: true, force: true })
mkdirSync(output, { recursive: true })
const { metafile } = await build({
  entryPoints: [
    { in: `${root}studio/main.ts`, out: 'studio' },
    { in: `${root}studio/map/worker.ts`, out: 'map-worker' },
    { in: `${root}studio/style.css`, out: 'studio' },
  ],
  outdir: output,
  bundle: true,
  minify: true,
  format: 'iife', // unlike a module, it also runs in a page opened from a folder
  platform: 'browser',
  target: ['es2022'],
  assetNames: 'fonts/[name]',
  loader: { '.woff2': 'file' },
  metafile: true,
  legalComments: 'none', // they stand in third-party.txt
  plugins: [mathFonts],
  logLevel: 'warning',
  // Only workers that read text for training have addresses of their own, and the studio starts none.
  logOverride: { 'empty-import-meta': 'silent' },
})
copyFileSync(await studioSample(), `${output}/sample.safetensors`)
copyFileSync(`${root}studio/index.html`, `${output}/index.html`)
writeFileSync(`${output}/third-party.txt`, thirdPartyNotices(root, [metafile]))
