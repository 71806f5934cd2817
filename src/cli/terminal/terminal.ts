import { styleText } from 'node:util'

const FIRST_WARNINGS = 5
const LAST_WARNINGS = 3

type Style = Parameters<typeof styleText>[0]

/** Gives text in a style, or as it is if the stream is no terminal or wants no colour (NO_COLOR). */
export type Paint = (style: Style, text: string) => string

export function paintFor(stream: NodeJS.WriteStream): Paint {
  const colours = stream.isTTY === true && stream.hasColors()
  return (style, text) => (colours ? styleText(style, text, { validateStream: false }) : text)
}

/** Whether a line of standard error can be written anew: not of a file, nor of a terminal that only goes forward. */
export function canRewrite(): boolean {
  return process.stderr.isTTY === true && process.env.TERM !== 'dumb'
}

/** Results, which a program may read. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Everything else, which only a person reads. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** Something that a person should know, though it is no failure. */
export function warn(sentence: string): void {
  tell(`${paintFor(process.stderr)('yellow', 'wordloom:')} ${visible(sentence)}`)
}

/** In a folder there can be thousands of files that are no text; the first warnings say enough, and the last are of training. */
export function warnOfAll(sentences: readonly string[]): void {
  const last = Math.max(FIRST_WARNINGS, sentences.length - LAST_WARNINGS)
  for (const sentence of sentences.slice(0, FIRST_WARNINGS)) warn(sentence)
  if (last > FIRST_WARNINGS) warn(`and ${(last - FIRST_WARNINGS).toLocaleString('en')} more`)
  for (const sentence of sentences.slice(last)) warn(sentence)
}

/** A result as one line of JSON. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value))
}

/** How many columns the text takes: two for a character of East Asia or an emoji, none for a combining mark. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of text)
    if (wide.test(character)) width += 2
    else if (!invisible.test(character)) width += 1
  return width
}

/** The text, cut to so many columns with … at its end if it is wider. */
export function cutTo(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text
  let cut = ''
  let width = 0
  for (const character of text) {
    width += displayWidth(character)
    if (width > columns - 1) break
    cut += character
  }
  return `${cut}…`
}

const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]/u
const invisible = /[\p{Mn}\p{Me}\p{Cf}]/u

/** Text from a file, with the characters that would steer a terminal replaced. */
export function visible(text: string): string {
  return text.replace(/\p{Cc}/gu, '\ufffd')
}
