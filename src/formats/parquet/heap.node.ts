import { getHeapStatistics } from 'node:v8'

/** How many bytes of objects the engine keeps at most, before it ends the process. */
export function heapLimit(): number {
  return getHeapStatistics().heap_size_limit
}
