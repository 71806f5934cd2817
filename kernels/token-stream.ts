// What has been read so far: numbers of words, −1 after each sentence, and how many there were.
//
// Tokens wait in a batch before they are looked up: which slot a word is in is known at once, and while one is
// fetched from a distant cache the next ones are on their way.
import { BATCH, batch, ids, word } from './text-memory'
import { addLong, addShort, candidateFor, count, firstOf, isWord, SHORT, shortTag } from './word-table'

/** An entry: 16 bytes of a word, then (u32 each) its tag, its length, and its candidate. Length 0 ends the sentence. */
const ENTRY_BYTES: u32 = 32
const TAG: usize = 16
const LENGTH: usize = 20
const CANDIDATE: usize = 24
let batchEnd: u32 = batch

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

/** A token of up to 16 bytes, zeros behind them. */
export function shortToken(bytes: v128, length: u32): void {
  v128.store(batchEnd, bytes)
  store<u32>(batchEnd, shortTag(bytes, length), TAG)
  enter(length)
}

/** A token of any length; a vector is read from beyond its end. */
export function token(bytes: u32, length: u32): void {
  if (length <= SHORT) {
    shortToken(firstOf(v128.load(bytes), length), length)
    return
  }
  settle()
  push(addLong(bytes, length))
}

/** The `length` bytes at `word` are a token, found by a scanner outside. */
export function wordToken(length: u32): void {
  token(word, length)
}

/** The `length` bytes at `word` get the next number, and are no token. */
export function learnWord(length: u32): void {
  if (length > SHORT) addLong(word, length)
  else {
    const bytes = firstOf(v128.load(word), length)
    addShort(bytes, length, shortTag(bytes, length))
  }
}

export function endSentence(): void {
  enter(0)
}

/** Looks up what waits. */
export function settle(): void {
  for (let entry = batch; entry < batchEnd; entry += ENTRY_BYTES)
    store<u32>(entry, candidateFor(load<u32>(entry, TAG)), CANDIDATE)
  for (let entry = batch; entry < batchEnd; entry += ENTRY_BYTES) {
    const length = load<u32>(entry, LENGTH)
    if (length === 0) pushEnd()
    else {
      const candidate = load<u32>(entry, CANDIDATE)
      const bytes = v128.load(entry)
      const tag = load<u32>(entry, TAG)
      push(isWord(candidate, bytes, length, tag) ? count(candidate) : addShort(bytes, length, tag))
    }
  }
  batchEnd = batch
}

function enter(length: u32): void {
  store<u32>(batchEnd, length, LENGTH)
  batchEnd += ENTRY_BYTES
  if (batchEnd === batch + BATCH * ENTRY_BYTES) settle()
}

function push(id: i32): void {
  tokens++
  inSentence = true
  if (id < 0) return
  hasIds = true
  store<i32>(ids + (idCount++ << 2), id)
}

function pushEnd(): void {
  if (!inSentence) return
  inSentence = false
  sentences++
  if (!hasIds) return
  hasIds = false
  store<i32>(ids + (idCount++ << 2), -1)
}
