import { isSegmentedLetter } from './letters.js'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** A longer run is segmented in windows: Intl.Segmenter of Node 20 takes quadratic time. 128 Han or Thai characters. */
export const WINDOW_BYTES = 384

/** Words that end this near the end of a window might go on beyond it, so they are left for the next window. */
const MARGIN_BYTES = 72

let segmenter: Intl.Segmenter | undefined

/**
 * Calls `word` with the byte range of each word in a run of one of the scripts written without spaces, by the
 * dictionary of Intl.Segmenter. With `more` set the run goes on: gives how many bytes are done with, at least
 * one character; the rest must be given again.
 */
export function segmentRun(
  bytes: Uint8Array,
  more: boolean,
  word: (start: number, end: number) => void,
): number {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'word' })
  let start = 0
  for (const { segment } of segmenter.segment(decoder.decode(bytes))) {
    const end = start + utf8Length(segment)
    if (more && start > 0 && end > bytes.length - MARGIN_BYTES) return start
    if (hasLetter(segment)) word(start, end)
    start = end
  }
  return start
}

function hasLetter(segment: string): boolean {
  for (const character of segment) if (isSegmentedLetter(character.codePointAt(0)!)) return true
  return false
}

function utf8Length(text: string): number {
  let bytes = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) bytes += 1
    else if (unit < 0x800 || (unit & 0xf800) === 0xd800)
      bytes += 2 // a surrogate is half of four bytes
    else bytes += 3
  }
  return bytes
}
