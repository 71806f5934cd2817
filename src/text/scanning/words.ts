import { lowerSigmas } from './final-sigma.js'
import {
  CONTEXTUAL,
  DOTTED_I,
  IGNORED,
  JOINER,
  kindOfAstral,
  LETTER,
  type Letters,
  letters,
  loweredAstral,
  MARK,
  OTHER,
  SEGMENTED,
} from './letters.js'
import { MAX_TOKEN_BYTES, NEWLINE, type Scanner, type TokenSink } from './scanner.js'
import { segmentRun, WINDOW_BYTES } from './segments.js'

const APOSTROPHE = 0x27
const RIGHT_QUOTE = 0x2019 // the typographic apostrophe
const DOT_ABOVE = 0x307

/** In #folded: what is not a word byte. Word bytes have their lower case, which is above all of these. */
const SEPARATOR = 0
const LINE_END = 1
const QUOTE = 2
const WIDE = 3 // part of a character that is not ASCII

/** A token that grows past this is too long whatever follows; its last bytes are overwritten from here. */
const OVERLONG = MAX_TOKEN_BYTES + 12

/**
 * Lower-cased Unicode words: letters, marks, digits and underscores, with apostrophes and other joiners inside, without
 * what is not to be seen. Scripts written without spaces are segmented by dictionary. ASCII runs through the first loop at the
 * speed of bytes; other characters are decoded one by one and looked up in a table.
 */
export class WordsScanner implements Scanner {
  skipped = 0
  readonly #sink: TokenSink
  readonly #folded = Uint8Array.from({ length: 256 }, (_, byte) => foldedByte(byte))
  readonly #token = new Uint8Array(2048) // the token being read, lower-cased, or a run to be segmented
  #length = 0
  #segmented = false // #token holds a run to be segmented
  #contextual = false // #token holds capital sigmas still to be lower-cased
  #joinerEnd = 0 // where the last joiner of the token ends: at its end, it is no part of the word,
  #joinerBytes = 0 // and how long it is
  #letters: Letters | undefined
  #point = 0 // the character being decoded,
  #least = 0 // the least it may be, else it is badly encoded,
  #missing = 0 // and how many of its bytes are still to come

  constructor(sink: TokenSink) {
    this.#sink = sink
  }

  write(bytes: Uint8Array): void {
    const folded = this.#folded
    const token = this.#token
    const { length } = bytes
    let i = this.#missing > 0 || this.#segmented ? this.#readWide(bytes, 0) : 0
    let n = this.#length
    for (; i < length; i++) {
      const byte = folded[bytes[i]!]!
      if (byte > WIDE) {
        token[n++] = byte
        if (n > OVERLONG) n = OVERLONG
      } else if (byte === WIDE) {
        this.#length = n
        i = this.#readWide(bytes, i) - 1
        n = this.#length
      } else if (n > 0) {
        if (byte === QUOTE && this.#joinerEnd !== n) {
          token[n++] = APOSTROPHE
          this.#joinerEnd = n
          this.#joinerBytes = 1
        } else {
          this.#length = n
          this.#endToken()
          n = 0
        }
        if (byte === LINE_END) this.#sink.endSentence()
      } else if (byte === LINE_END) this.#sink.endSentence()
    }
    this.#length = n
  }

  end(): void {
    this.#missing = 0
    this.#endToken()
    this.#sink.endSentence()
  }

  /** Reads characters that are not ASCII up to one that is; gives its place. */
  #readWide(bytes: Uint8Array, from: number): number {
    let i = from
    for (; i < bytes.length; i++) {
      const byte = bytes[i]!
      if (byte < 0x80) {
        if (this.#missing > 0 || this.#segmented) this.#endToken()
        this.#missing = 0
        break
      }
      this.#decode(byte)
    }
    return i
  }

  /** One more byte of UTF-8. What is badly encoded separates words. */
  #decode(byte: number): void {
    if ((byte & 0xc0) === 0x80) {
      if (this.#missing === 0) this.#endToken()
      else this.#decodeNext(byte)
      return
    }
    if (this.#missing > 0) this.#endToken()
    this.#missing = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : byte < 0xf8 ? 3 : 0
    this.#least = byte < 0xe0 ? 0x80 : byte < 0xf0 ? 0x800 : 0x10000
    this.#point = byte & (0x3f >> this.#missing)
    if (this.#missing === 0) this.#endToken() // no character begins with this byte
  }

  #decodeNext(byte: number): void {
    this.#point = (this.#point << 6) | (byte & 0x3f)
    if (--this.#missing > 0) return
    if (this.#point >= this.#least) this.#character(this.#point)
    else this.#endToken()
  }

  #character(point: number): void {
    this.#letters ??= letters()
    const isAstral = point >= 0x10000
    const kind = isAstral ? (point < 0x110000 ? kindOfAstral(point) : OTHER) : this.#letters.kinds[point]!
    if (kind === LETTER) {
      this.#enter(false)
      this.#push(isAstral ? loweredAstral(point) : this.#letters.lowered[point]!)
    } else if (kind === SEGMENTED) {
      this.#enter(true)
      this.#push(point)
    } else if (kind === CONTEXTUAL) this.#takeContextual(point)
    else if (kind === MARK) {
      if (this.#length > 0) this.#push(point)
    } else if (kind === JOINER) this.#join(point === RIGHT_QUOTE ? APOSTROPHE : point)
    else if (kind !== IGNORED) this.#endToken()
  }

  #takeContextual(point: number): void {
    this.#enter(false)
    if (point === DOTTED_I) {
      this.#push(0x69)
      this.#push(DOT_ABOVE)
    } else {
      this.#contextual = true
      this.#push(point)
    }
  }

  /** What follows belongs to a run to be segmented, or to a word. */
  #enter(segmented: boolean): void {
    if (segmented === this.#segmented) return
    this.#endToken()
    this.#segmented = segmented
  }

  #join(point: number): void {
    if (this.#length === 0) return
    if (this.#segmented || this.#joinerEnd === this.#length) this.#endToken()
    else {
      const start = Math.min(this.#length, OVERLONG)
      this.#push(point)
      this.#joinerEnd = this.#length
      this.#joinerBytes = this.#length - start
    }
  }

  #push(point: number): void {
    if (this.#segmented && this.#length > WINDOW_BYTES - 4) this.#endWindow()
    const token = this.#token
    let n = Math.min(this.#length, OVERLONG)
    if (point < 0x80) token[n++] = point
    else {
      if (point < 0x800) token[n++] = 0xc0 | (point >> 6)
      else {
        if (point < 0x10000) token[n++] = 0xe0 | (point >> 12)
        else {
          token[n++] = 0xf0 | (point >> 18)
          token[n++] = 0x80 | ((point >> 12) & 0x3f)
        }
        token[n++] = 0x80 | ((point >> 6) & 0x3f)
      }
      token[n++] = 0x80 | (point & 0x3f)
    }
    this.#length = n
  }

  #endWindow(): void {
    const done = this.#segment(true)
    this.#token.copyWithin(0, done, this.#length)
    this.#length -= done
  }

  #endToken(): void {
    if (this.#length > 0) {
      if (this.#segmented) this.#segment(false)
      else this.#endWord()
    }
    this.#length = 0
    this.#segmented = false
    this.#contextual = false
    this.#joinerEnd = 0
  }

  #endWord(): void {
    const length = this.#length - (this.#joinerEnd === this.#length ? this.#joinerBytes : 0)
    if (length > MAX_TOKEN_BYTES) {
      this.skipped++
      return
    }
    if (this.#contextual) lowerSigmas(this.#token.subarray(0, length))
    this.#sink.token(this.#token, 0, length)
  }

  #segment(more: boolean): number {
    return segmentRun(this.#token.subarray(0, this.#length), more, (start, end) =>
      this.#sink.token(this.#token, start, end),
    )
  }
}

function foldedByte(byte: number): number {
  if (byte >= 0x80) return WIDE
  if (byte === NEWLINE) return LINE_END
  if (byte === APOSTROPHE) return QUOTE
  const character = String.fromCharCode(byte)
  return /\w/.test(character) ? character.toLowerCase().charCodeAt(0) : SEPARATOR
}
