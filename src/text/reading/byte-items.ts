import { TextCheck, unpacked } from '../../files/index.js'
import type { Sentence } from './corpus-source.js'

/** What an iterable that is a text gives. */
export type Item = Sentence | Uint8Array

/** How errors and warnings name a text that is in no file. */
export const GIVEN = 'the text given'

/**
 * The items of an iterable that begins with bytes: these are decompressed and checked as those of a file are, up to the
 * first item that is something else. Throws what `unpacked` and TextCheck throw; UTF-16 passes if it is expected.
 */
export async function* unpackedItems(
  first: Uint8Array,
  rest: AsyncIterator<Item>,
  { utf16, maxDecompressed }: { utf16: boolean; maxDecompressed: number | undefined },
): AsyncGenerator<Item> {
  const check = utf16 ? undefined : new TextCheck(GIVEN)
  let other: Item | undefined
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield first
    for (let item = await rest.next(); !item.done; item = await rest.next()) {
      if (!isBytes(item.value)) {
        other = item.value
        return
      }
      yield item.value
    }
  }
  for await (const chunk of unpacked(bytes(), GIVEN, maxDecompressed)) {
    check?.look(chunk)
    yield chunk
  }
  if (other === undefined) return
  yield other
  for (let item = await rest.next(); !item.done; item = await rest.next()) yield item.value
}

/** Bytes of any realm: those of a test runner or of `node:vm` are no instances of this one's class. */
export function isBytes(item: unknown): item is Uint8Array {
  return ArrayBuffer.isView(item) && Object.prototype.toString.call(item) === '[object Uint8Array]'
}
