import { availableParallelism, totalmem } from 'node:os'

/** How many threads can run at once. */
export function processors(): number {
  return availableParallelism()
}

/** In bytes. */
export function totalMemory(): number {
  return totalmem()
}

/** As a sentence names it. */
export function engineName(): string {
  return `Node ${process.versions.node}`
}
