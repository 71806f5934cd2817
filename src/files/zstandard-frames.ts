import { WordloomError } from '../errors.js'
import { isSkippableFrame, ZSTANDARD_FRAME } from './compression.js'
import { Parts } from './parts.js'

/** As much as zstd itself decompresses without being asked to. */
const MOST_WINDOW = 2 ** 27
const MOST_BLOCK = 2 ** 17
/** Blocks that are looked at before a frame is passed on: of 8 MB at most. */
const HELD_BLOCKS = 64
/** Every block moves the whole window once, so that a large one wants blocks that are worth it. */
const LARGE_WINDOW = 2 ** 23
const LEAST_BLOCK = 2 ** 12

/** What begins a frame, as far as it matters here. */
interface FrameHeader {
  readonly window: number
  readonly hasChecksum: boolean
}

/** One block as it came, and the most that it can unpack to. */
interface Block {
  readonly bytes: Uint8Array
  readonly content: number
  readonly isLast: boolean
}

/**
 * The same Zstandard frames with no larger windows than their content needs (RFC 8878): the decompressor sets
 * aside, and moves for every block, as much as the header of a frame says, which may be 2 GB in a file of 20 bytes.
 * No chunk has bytes of two frames, and skippable ones are left out.
 * Throws `bad-data` if a frame is damaged or breaks off, or wants more than 128 MB.
 */
export async function* boundedFrames(
  compressed: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array> {
  const parts = new Parts(compressed, () => damaged(name, 'breaks off'))
  while (!(await parts.isOver())) {
    const magic = number(await parts.take(4))
    if (isSkippableFrame(magic)) await parts.skip(number(await parts.take(4)))
    else if (magic === ZSTANDARD_FRAME) yield* frame(parts, name)
    else throw damaged(name, 'is damaged (no frame of Zstandard begins where one ends)')
  }
}

async function* frame(parts: Parts, name: string): AsyncGenerator<Uint8Array> {
  const header = await takeHeader(parts, name)
  const held: Block[] = []
  let content = 0
  for (let count = 1; ; count++) {
    const block = await takeBlock(parts, name)
    content += block.content
    if (count <= HELD_BLOCKS) held.push(block)
    if (block.isLast || count === HELD_BLOCKS) {
      if (count <= HELD_BLOCKS) yield headerFor(header, block.isLast ? content : header.window)
      for (const { bytes } of held.splice(0)) yield bytes
    }
    if (count > HELD_BLOCKS) {
      if (header.window > LARGE_WINDOW && content < count * LEAST_BLOCK)
        throw damaged(name, 'is damaged (its blocks are far too small for its window)')
      yield block.bytes
    }
    if (block.isLast) break
  }
  if (header.hasChecksum) yield await parts.take(4)
}

async function takeHeader(parts: Parts, name: string): Promise<FrameHeader> {
  const descriptor = (await parts.take(1))[0]!
  const isSingle = (descriptor & 0x20) !== 0
  if ((descriptor & 0x08) !== 0) throw damaged(name, 'is damaged (a reserved bit is set)')
  if ((descriptor & 0x03) !== 0)
    throw damaged(name, 'needs a dictionary, which is not there', 'compress it again without one')
  const described = isSingle ? 0 : windowOf((await parts.take(1))[0]!)
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6]!
  const size = number(await parts.take(sizeBytes)) + (sizeBytes === 2 ? 256 : 0)
  const window = isSingle ? size : described
  if (window > MOST_WINDOW)
    throw damaged(
      name,
      `needs a window of ${window.toLocaleString('en')} bytes, more than the ${MOST_WINDOW.toLocaleString('en')} that it may have`,
      'compress it again without --long',
    )
  return { window, hasChecksum: (descriptor & 0x04) !== 0 }
}

async function takeBlock(parts: Parts, name: string): Promise<Block> {
  const head = await parts.take(3)
  const value = number(head)
  const type = (value >> 1) & 3 // raw, one byte repeated, compressed
  const size = value >> 3
  if (type === 3 || size > MOST_BLOCK)
    throw damaged(name, 'is damaged (a block has no possible type or size)')
  const body = await parts.take(type === 1 ? 1 : size)
  const bytes = new Uint8Array(head.length + body.length)
  bytes.set(head)
  bytes.set(body, head.length)
  return { bytes, content: type === 2 ? MOST_BLOCK : size, isLast: (value & 1) === 1 }
}

/** A header without sizes, whose window has room for `content`. */
function headerFor({ window, hasChecksum }: FrameHeader, content: number): Uint8Array {
  const exponent = Math.max(10, Math.ceil(Math.log2(Math.max(1, Math.min(window, content)))))
  return Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, hasChecksum ? 0x04 : 0, (exponent - 10) << 3)
}

function windowOf(descriptor: number): number {
  return 2 ** (10 + (descriptor >> 3)) * (1 + (descriptor & 7) / 8)
}

/** Little-endian. */
function number(bytes: Uint8Array): number {
  let value = 0
  for (let i = bytes.length - 1; i >= 0; i--) value = value * 256 + bytes[i]!
  return value
}

function damaged(name: string, what: string, cure = 'fetch or make the file again'): WordloomError {
  return new WordloomError('bad-data', {
    place: { file: name },
    found: `the compressed data ${what}`,
    cure,
  })
}
