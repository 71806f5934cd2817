import { option, say } from '../../errors.js'
import type { ByteReader } from '../../tensors/index.js'
import type { ReadOptions } from '../format.js'

/** The first line of word2vec's formats: how many words follow, and how many numbers each has. */
export interface Header {
  words: number
  dimensions: number
}

/** A header that was checked against the size of its file. */
export interface AnnouncedHeader extends Header {
  /** As many of its words the file has room for; 0 if its size is not known. */
  room: number
}

/** A line this long is no header. */
const LONGEST_HEADER = 100

/** The projector's limit, too: a row has 4 MB, and no word vectors have ever had as many dimensions. */
export const MOST_DIMENSIONS = 1 << 20

/** What a first line announces; undefined if it is not two whole numbers. */
export function parseHeader(line: string): Header | undefined {
  const match = /^([0-9]{1,10})[ \t]+([0-9]{1,10})[ \t\r]*$/.exec(line)
  return match ? { words: Number(match[1]), dimensions: Number(match[2]) } : undefined
}

/** The first line of what is buffered, without a byte order mark; cut at 100 bytes. */
export function firstLine(bytes: Uint8Array): string {
  const start = startOf(bytes)
  const newline = bytes.indexOf(0x0a, start)
  const end = Math.min(newline < 0 ? bytes.length : newline, start + LONGEST_HEADER)
  return new TextDecoder().decode(bytes.subarray(start, end))
}

/** 3 where a UTF-8 byte order mark comes first. */
export function startOf(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
}

/**
 * Takes the header line, and refuses it if the file cannot hold what it announces, before anything is
 * allocated for it; a lenient reader only sets no more rows aside. `leastRowBytes` is what a row of that many
 * numbers takes at least.
 */
export async function takeHeader(
  reader: ByteReader,
  leastRowBytes: (dimensions: number) => number,
  { lenient = false }: ReadOptions = {},
): Promise<AnnouncedHeader> {
  await reader.fill(LONGEST_HEADER + 4)
  const head = reader.bytes.subarray(reader.position)
  const line = firstLine(head)
  const header = parseHeader(line)
  if (!header) {
    const shown = JSON.stringify(line.length > 60 ? `${line.slice(0, 60)}…` : line)
    throw reader.error({
      place: { line: 1 },
      found: `${shown} is not a header of word vectors`,
      expected: 'the number of words and that of dimensions, as in "1000 100"',
    })
  }
  const newline = head.indexOf(0x0a)
  if (newline < 0) throw reader.cutOff('the header')
  reader.position += newline + 1
  const rowBytes = leastRowBytes(header.dimensions)
  checkAnnounced(reader, header, rowBytes, lenient)
  const room = reader.size === undefined ? 0 : Math.floor((reader.size - reader.offset) / rowBytes)
  return { ...header, room: Math.min(header.words, room) }
}

function checkAnnounced(
  reader: ByteReader,
  { words, dimensions }: Header,
  rowBytes: number,
  lenient: boolean,
): void {
  const announced = `the header announces ${words.toLocaleString('en')} words of ${dimensions.toLocaleString('en')} numbers`
  if (words === 0 || dimensions === 0)
    throw reader.error({ place: { line: 1 }, found: announced, expected: 'at least one of each' })
  if (dimensions > MOST_DIMENSIONS)
    throw reader.error({
      place: { line: 1 },
      found: announced,
      expected: `at most ${MOST_DIMENSIONS.toLocaleString('en')} numbers a word`,
    })
  if (reader.size === undefined || lenient) return
  const rest = reader.size - reader.offset
  if (words * rowBytes > rest)
    throw reader.error({
      found: `${announced}, but ${rest.toLocaleString('en')} bytes follow: the file was cut off or is not a word2vec file`,
      expected: `at least ${(words * rowBytes).toLocaleString('en')} bytes`,
      cure: say`give ${option('lenient')} to read the rows that are there, or fetch the file again`,
    })
}
