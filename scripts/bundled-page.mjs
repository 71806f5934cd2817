// A script or the styles of a page that is kept as one string, as every browser takes them.
import { build } from 'esbuild'

export async function bundledPage(entry) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: ['es2022'],
    legalComments: 'none',
    logLevel: 'warning',
  })
  return outputFiles[0].text
}
