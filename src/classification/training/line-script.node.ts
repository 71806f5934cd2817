import type { Script } from '../../threads/index.js'

export const lineScript: Script = new URL('./line-worker.node.js', import.meta.url)
