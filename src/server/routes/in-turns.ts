import { breath } from '../models/breath.js'
import type { Asker } from '../models/scans.js'

/** Milliseconds that one request has this thread before others have their turn. */
const TURN = 2

/** As `map`, with turns for others between the items. Throws once the client has gone. */
export async function inTurns<Item, Made>(
  items: readonly Item[],
  asker: Asker,
  make: (item: Item, i: number) => Made,
): Promise<Made[]> {
  const made: Made[] = []
  let start = performance.now()
  for (let i = 0; i < items.length; i++) {
    made.push(make(items[i]!, i))
    if (i + 1 === items.length || performance.now() - start < TURN) continue
    await breath(asker.who)
    asker.signal?.throwIfAborted() // not made before it is wanted
    start = performance.now()
  }
  return made
}
