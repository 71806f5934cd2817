import type { Script } from '../../threads/index.js'

export const lineScript: Script = {
  start: () => new Worker(new URL('./line-worker.browser.js', import.meta.url), { type: 'module' }),
  beside: import.meta.url,
}
