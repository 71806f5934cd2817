import type { Asked } from './asked.js'
import { Refusal } from './refusal.js'
import type { Room } from './room.js'

const SMALLEST = 4096

/**
 * Reads a body of at most `most` bytes, has `use` work with it, and gives its memory back. Throws 413 before the body is
 * read if its length says so, else at the first byte too many.
 */
export async function withBody<Result>(
  asked: Asked,
  most: number,
  room: Room,
  use: (bytes: Uint8Array) => Result | Promise<Result>,
): Promise<Result> {
  const announced = asked.header('content-length')
  if (announced !== undefined && Number(announced) > most) throw tooLarge(most)
  const body = new GrowingBody(most, room)
  try {
    await asked.read(chunk => body.add(chunk))
    return await use(body.bytes)
  } finally {
    body.free()
  }
}

/** One buffer that doubles, however small the chunks are; a body of one chunk is not copied. */
class GrowingBody {
  readonly #most: number
  readonly #room: Room
  #buffer = new Uint8Array(0)
  #length = 0
  #taken = 0

  constructor(most: number, room: Room) {
    this.#most = most
    this.#room = room
  }

  get bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length)
  }

  add(chunk: Uint8Array): void {
    const length = this.#length + chunk.length
    if (length > this.#most) throw tooLarge(this.#most)
    if (this.#length === 0) {
      this.#take(chunk.length)
      this.#buffer = chunk as Uint8Array<ArrayBuffer>
    } else this.#append(chunk, length)
    this.#length = length
  }

  free(): void {
    this.#room.release(this.#taken)
  }

  #append(chunk: Uint8Array, length: number): void {
    if (length > this.#buffer.length) {
      const grown = Math.min(this.#most, Math.max(length, 2 * this.#buffer.length, SMALLEST))
      this.#take(grown - this.#buffer.length)
      const larger = new Uint8Array(grown)
      larger.set(this.bytes)
      this.#buffer = larger
    }
    this.#buffer.set(chunk, this.#length)
  }

  #take(bytes: number): void {
    this.#room.take(bytes)
    this.#taken += bytes
  }
}

function tooLarge(most: number): Refusal {
  return new Refusal(
    413,
    'body_too_large',
    {
      found: `the body has more than ${most.toLocaleString('en')} bytes`,
      expected: `at most ${most.toLocaleString('en')}`,
      cure: 'send it in several requests',
    },
    { closes: true },
  )
}
