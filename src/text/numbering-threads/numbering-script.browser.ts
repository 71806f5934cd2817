import type { Script } from '../../threads/index.js'

export const numberingScript: Script = {
  start: () => new Worker(new URL('./numbering-worker.browser.js', import.meta.url), { type: 'module' }),
  beside: import.meta.url,
}
