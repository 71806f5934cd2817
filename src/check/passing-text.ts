import type { TextObserver } from '../text/index.js'
import { EvenLines, JsonLook } from '../text/inner.js'
import { Characters } from './characters.js'
import { FileEncodings } from './file-encodings.js'
import { RepeatedLines } from './repeated-lines.js'
import { SuspectBytes } from './suspect-bytes.js'

const NEWLINE = 0x0a
const LINE_END = Uint8Array.of(NEWLINE)
const RETURN = 0x0d
const SPACE = 0x20
const DELETE = 0x7f
const TAB = 0x09
const [LESS, GREATER, AMPERSAND, SEMICOLON] = [0x3c, 0x3e, 0x26, 0x3b]
/** A tag or an entity is no longer than this. */
const LONGEST_TAG = 200
const LONGEST_ENTITY = 10
/** Behind a < that begins a tag: a letter, / or !. */
const TAG_BEGINS = /[a-z/!]/i

/** Counts what a text is written with while it passes, in memory that does not grow with it. */
export class PassingText implements TextObserver {
  readonly suspects = new SuspectBytes()
  readonly characters = new Characters()
  readonly repeated = new RepeatedLines()
  readonly columns = new EvenLines()
  readonly json = new JsonLook()
  readonly #encodings = new FileEncodings()
  /** Bytes of UTF-8. */
  length = 0
  /** Characters that steer machines, and are no line breaks, tabs or returns. */
  controls = 0
  tags = 0
  entities = 0
  #tag = 0 // bytes since a < that begins a tag; 0 if there is none
  #entity = 0 // bytes since a &
  #before = 0 // the byte before

  beginFile(path: string): void {
    this.#encodings.begin(path, this.length, this.characters.bad)
  }

  /** The files that are not UTF-8, at the end. */
  get otherFiles(): readonly string[] {
    return this.#encodings.others(this.length, this.characters.bad)
  }

  bytes(bytes: Uint8Array): void {
    this.suspects.add(bytes)
  }

  text(bytes: Uint8Array): void {
    this.length += bytes.length
    this.columns.add(bytes)
    this.json.add(bytes)
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i]!
      this.characters.take(byte)
      if (byte === NEWLINE) this.repeated.endLine()
      else if (byte !== RETURN) this.repeated.take(byte)
      if (byte < SPACE || byte === DELETE) this.#takeControl(byte)
      else if (byte < 0x80) this.#takeMark(byte)
    }
  }

  endLine(): void {
    this.characters.end()
    this.repeated.endLine()
    this.columns.add(LINE_END)
    this.#tag = 0
    this.#entity = 0
  }

  #takeControl(byte: number): void {
    if (byte !== NEWLINE && byte !== RETURN && byte !== TAB) this.controls++
    this.#before = byte
    if (byte === NEWLINE) this.#entity = 0
  }

  #takeMark(byte: number): void {
    if (this.#tag > 0) this.#goOnInTag(byte)
    else if (this.#before === LESS && TAG_BEGINS.test(String.fromCharCode(byte))) this.#tag = 1
    if (byte === AMPERSAND) this.#entity = 1
    else if (this.#entity > 0) {
      if (byte === SEMICOLON && this.#entity > 2) this.entities++
      const goesOn = byte > SPACE && byte !== SEMICOLON && this.#entity < LONGEST_ENTITY
      this.#entity = goesOn ? this.#entity + 1 : 0
    }
    this.#before = byte
  }

  #goOnInTag(byte: number): void {
    if (byte === GREATER) this.tags++
    this.#tag = byte === GREATER || byte === LESS || this.#tag > LONGEST_TAG ? 0 : this.#tag + 1
  }
}
