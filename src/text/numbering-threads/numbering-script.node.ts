import type { Script } from '../../threads/index.js'

export const numberingScript: Script = new URL('./numbering-worker.node.js', import.meta.url)
