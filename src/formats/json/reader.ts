import type { ByteReader } from '../../tensors/index.js'
import type { WordVectors } from '../../vectors/index.js'
import type { ReadOptions } from '../format.js'
import { JsonRows, quoted } from './json-rows.js'
import { JsonScanner } from './json-scanner.js'

/** The name under which ml5 keeps all words. */
const ALL_WORDS = 'vectors'

const SHAPES =
  '{"word": [numbers], …}, {"vectors": {"word": [numbers], …}}, or objects {"word": "…", "vector": [numbers]}'

/**
 * JSON of any size: an object with a list of numbers for each word, the same as the one member `vectors` of an object
 * (ml5), or an object for each word, in a list or one behind another (JSON Lines). Of a word that comes twice
 * the first row is kept. Throws `bad-data`.
 */
export async function readJson(reader: ByteReader, options: ReadOptions): Promise<WordVectors> {
  const scanner = new JsonScanner(reader)
  const rows = new JsonRows(scanner, options)
  const object = new JsonObject(scanner, rows)
  await scanner.begin()
  const first = await scanner.peek()
  if (first === '[') await takeListed(scanner, object)
  else if (first === '{') await takeLines(scanner, object)
  else throw await scanner.unexpected(SHAPES)
  return rows.finish()
}

/** Objects in a list. */
async function takeListed(scanner: JsonScanner, object: JsonObject): Promise<void> {
  await scanner.take('[', 'the list')
  if ((await scanner.peek()) === ']') return
  do {
    if ((await scanner.peek()) !== '{') throw await scanner.unexpected(SHAPES)
    await object.take(true)
    if (object.areEnough) return
  } while ((await scanner.take(',]', 'the list')) === ',')
  await checkEnd(scanner)
}

/** One object with all words, or one for each. */
async function takeLines(scanner: JsonScanner, object: JsonObject): Promise<void> {
  const isRecord = await object.take()
  while (isRecord && !object.areEnough && (await scanner.peek()) === '{') await object.take(true)
  if (!object.areEnough) await checkEnd(scanner)
}

async function checkEnd(scanner: JsonScanner): Promise<void> {
  if ((await scanner.peek()) === undefined) return
  throw scanner.error({ found: 'more follows after the last word', expected: 'the end of the file' })
}

/** Takes an object and its rows. */
class JsonObject {
  readonly #scanner: JsonScanner
  readonly #rows: JsonRows

  constructor(scanner: JsonScanner, rows: JsonRows) {
    this.#scanner = scanner
    this.#rows = rows
  }

  get areEnough(): boolean {
    return this.#rows.areEnough
  }

  /** Whether it is a record, an object of one word; `mustBe` refuses any other. */
  async take(mustBe = false): Promise<boolean> {
    await this.#scanner.take('{', 'the object')
    if ((await this.#scanner.peek()) === '}') {
      if (mustBe) throw this.#scanner.error({ found: 'the object is empty', expected: SHAPES })
      await this.#scanner.take('}', 'the object')
      return false
    }
    const name = await this.#takeName()
    const value = await this.#scanner.peek()
    if (value === '"') {
      await this.#takeRecord()
      return true
    }
    if (mustBe) throw await this.#scanner.unexpected('the word as a string, before its list', quoted(name))
    if (value === '{' && quoted(name) === `"${ALL_WORDS}"`) await this.#takeNested()
    else await this.#takeWords(name)
    return false
  }

  /** The rest of an object with a list for each word, the first name of which is taken. */
  async #takeWords(first: Uint8Array): Promise<void> {
    for (let name = first; ; name = await this.#takeName()) {
      await this.#rows.take(name)
      if (this.areEnough || (await this.#scanner.take(',}', 'the object')) === '}') return
    }
  }

  async #takeNested(): Promise<void> {
    await this.#scanner.take('{', 'the object')
    if ((await this.#scanner.peek()) === '}') await this.#scanner.take('}', 'the object')
    else await this.#takeWords(await this.#takeName())
    if (this.areEnough) return
    if ((await this.#scanner.take(',}', 'the object')) === '}') return
    const part = quoted(await this.#takeName())
    const found = `there is a member beside "${ALL_WORDS}"`
    throw this.#scanner.error({ place: { part }, found, expected: `"${ALL_WORDS}" alone` })
  }

  /** The rest of an object that has a word, the name of which is taken, its list, and perhaps other members. */
  async #takeRecord(): Promise<void> {
    const word = await this.#scanner.takeString('the word')
    let hasList = false
    while ((await this.#scanner.take(',}', 'the object')) === ',') {
      const name = await this.#takeName()
      if (!hasList && (await this.#scanner.peek()) === '[') {
        await this.#rows.take(word)
        hasList = true
        if (this.areEnough) return
      } else {
        await this.#scanner.skipScalar('the object')
        this.#rows.passOver(name)
      }
    }
    if (hasList) return
    const expected = 'a list of numbers behind the word'
    throw this.#scanner.error({
      place: { part: quoted(word) },
      found: 'there is no list of numbers',
      expected,
    })
  }

  async #takeName(): Promise<Uint8Array> {
    const name = await this.#scanner.takeString('the object')
    await this.#scanner.take(':', 'the object')
    return name
  }
}
