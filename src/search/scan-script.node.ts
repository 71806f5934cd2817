import type { Script } from '../threads/index.js'

export const scanScript: Script = new URL('./scan-worker.node.js', import.meta.url)
