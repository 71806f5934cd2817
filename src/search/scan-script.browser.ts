import type { Script } from '../threads/index.js'

export const scanScript: Script = {
  start: () => new Worker(new URL('./scan-worker.browser.js', import.meta.url), { type: 'module' }),
  beside: import.meta.url,
}
