// What has been read so far: numbers of words, −1 after each sentence, and how many there were.

import { ids, word } from './text-memory'
import { addLong, addShort } from './word-table'

/** How many numbers lie at `ids`. */
export let idCount: u32 = 0
/** Words seen, known or not, and sentences with at least one. */
export let tokens: f64 = 0
export let sentences: f64 = 0
let inSentence: bool = false // the sentence has words,
let hasIds: bool = false // and known ones

export function clearIds(): void {
  idCount = 0
}

/** A word of up to 16 bytes, with zeros behind them. */
export function shortToken(bytes: v128, mask: v128, length: u32): void {
  push(addShort(bytes, mask, length))
}

export function longToken(bytes: u32, length: u32): void {
  push(addLong(bytes, length))
}

/** The `length` bytes at `word` are a token, found by a scanner outside. */
export function wordToken(length: u32): void {
  longToken(word, length)
}

/** The `length` bytes at `word` get the next number, and are no token. */
export function learnWord(length: u32): void {
  addLong(word, length)
}

export function endSentence(): void {
  if (!inSentence) return
  inSentence = false
  sentences++
  if (!hasIds) return
  hasIds = false
  store<i32>(ids + (idCount++ << 2), -1)
}

function push(id: i32): void {
  tokens++
  inSentence = true
  if (id < 0) return
  hasIds = true
  store<i32>(ids + (idCount++ << 2), id)
}
