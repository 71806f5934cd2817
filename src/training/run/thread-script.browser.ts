import type { Script } from '../../threads/index.js'

export const threadScript: Script = {
  start: () => new Worker(new URL('./worker.browser.js', import.meta.url), { type: 'module' }),
  beside: import.meta.url,
}
