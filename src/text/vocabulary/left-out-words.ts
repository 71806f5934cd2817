import { type CountedWords, compareWords } from './word-table.js'

/** Bytes that the words may take, with a blank behind each. */
const ROOM = 2 ** 16

/** Words of a text that the limits of its vocabulary left out: by how often they came, with blanks between them. */
export type LeftOutWords = Readonly<Record<string, string>>

/**
 * Words that came and have no id, the most frequent first, equally frequent ones by bytes, as many as there is room for:
 * so the list depends on the text and the limits alone. Words with blanks in them, and those that are not UTF-8, are
 * passed over.
 */
export function leftOutWords(words: CountedWords, ids: Int32Array, maxTokenBytes: number): LeftOutWords {
  const { counts, offsets } = words
  const byCount = new Map<number, number[]>()
  for (let word = 0; word < counts.length; word++) {
    const count = counts[word]!
    if (ids[word]! >= 0 || count === 0 || offsets[word + 1]! - offsets[word]! > maxTokenBytes) continue
    const group = byCount.get(count)
    if (group) group.push(word)
    else byCount.set(count, [word])
  }
  const listed: Record<string, string> = {}
  let room = ROOM
  for (const count of [...byCount.keys()].sort((a, b) => b - a)) {
    if (room <= 0) break
    const group = byCount.get(count)!.sort((a, b) => compareWords(words, a, b))
    const fitting = thatFit(words, group, room)
    room = fitting.length < group.length ? 0 : room - bytesOf(words, group)
    const texts = fitting.flatMap(word => textOf(words, word) ?? [])
    if (texts.length > 0) listed[count] = texts.join(' ')
  }
  return listed
}

function thatFit(words: CountedWords, group: readonly number[], room: number): readonly number[] {
  let left = room
  const end = group.findIndex(word => {
    left -= bytesOf(words, [word])
    return left < 0
  })
  return end < 0 ? group : group.slice(0, end)
}

function bytesOf({ offsets }: CountedWords, group: readonly number[]): number {
  return group.reduce((sum, word) => sum + offsets[word + 1]! - offsets[word]! + 1, 0)
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Undefined for bytes that are no text, and for texts that could not be told apart in the list. */
function textOf({ bytes, offsets }: CountedWords, word: number): string | undefined {
  try {
    const text = decoder.decode(bytes.subarray(offsets[word]!, offsets[word + 1]!))
    return /\s/.test(text) ? undefined : text
  } catch {
    return undefined
  }
}
