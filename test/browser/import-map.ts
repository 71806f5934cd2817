import { readFileSync } from 'node:fs'

export interface ImportMap {
  imports: Record<string, string>
}

/** The import map of the example: what a page needs where nothing is bundled, served from the project's root. */
export const importMap = mapIn('examples/browser/index.html')

/** The import map in a page, or in the Markdown that shows one. */
export function mapIn(path: string): ImportMap {
  const text = readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
  return JSON.parse(/<script type="importmap">([\s\S]*?)<\/script>/.exec(text)![1]!) as ImportMap
}
