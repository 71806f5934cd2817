import { writeFileSync } from 'node:fs'

/** Writes a file until nothing more can be written. */
export function fill(path: string): void {
  for (let size = 1 << 20; size >= 512; size /= 2)
    for (;;)
      try {
        writeFileSync(path, Buffer.alloc(size), { flag: 'a' })
      } catch {
        break
      }
}
