// Whether a file that is made from others is younger than all of them.
import { statSync } from 'node:fs'

export function isFresh(target, sources) {
  try {
    const made = statSync(target).mtimeMs
    return sources.every(source => statSync(source).mtimeMs < made)
  } catch {
    return false
  }
}
