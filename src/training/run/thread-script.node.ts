import type { Script } from '../../threads/index.js'

export const threadScript: Script = new URL('./worker.node.js', import.meta.url)
