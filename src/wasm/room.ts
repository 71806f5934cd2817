import { sizeOf, WordloomError, type Words } from '../errors.js'
import { containerMemory, usedMemory } from './container.js'

/** Less is not asked about: it would not be what ends a process. */
const LITTLE = 2 ** 20

/**
 * Throws `too-large` if the process would take more with these bytes than its container may have, which would end it
 * without a word. `found` is told of them: "3 words × 2 dimensions need 24 bytes".
 */
export function refuseBeyondContainer(
  bytes: number,
  fault: { readonly action: Words; readonly found: string; readonly cure: Words },
): void {
  if (bytes < LITTLE) return
  const most = containerMemory()
  const needed = usedMemory() + bytes
  if (needed <= most) return
  throw new WordloomError('too-large', {
    ...fault,
    found: `${fault.found}, the process would take ${sizeOf(needed)} with them, and this container may have ${sizeOf(most)}`,
  })
}
