import { WordloomError } from '../../errors.js'
import type { ClassifierParts } from '../classifier.js'

/** fastText's own; its files do not tell another. */
export const LABEL_PREFIX = '__label__'

const [UNDERSCORE, PREFIX] = [0x5f, new TextEncoder().encode(LABEL_PREFIX)]

/** Labels as fastText's files have them. */
export interface LabelNames {
  readonly names: readonly Uint8Array[]
  /** How many had blanks, in whose place _ stands. */
  readonly blanks: number
}

/**
 * `__label__` before each label, since the file does not tell another prefix, and _ for blanks, which would part a label in a
 * text. Labels that fastText itself wrote with another prefix stay as they are. Throws `bad-data` if two would be one, or
 * one is a word, too.
 */
export function labelNames({ labels, words, settings: { labelPrefix } }: ClassifierParts): LabelNames {
  const own = Array.from({ length: labels.size }, (_, id) => labels.bytes(id))
  const prefix = new TextEncoder().encode(labelPrefix)
  const areMarked = own.every(name => prefix.every((byte, i) => name[i] === byte))
  const marked = areMarked ? own.map(name => Uint8Array.of(...PREFIX, ...name.subarray(prefix.length))) : own
  const names = marked.map(name => name.map(byte => (isBlank(byte) ? UNDERSCORE : byte)))
  checkDiffer(names)
  const word = names.find(name => words.idOf(name) !== undefined)
  if (word) throw unwritable(`${shown(word)} is a label and a word`)
  return { names, blanks: marked.filter(name => name.some(isBlank)).length }
}

/** What parts tokens, and the NUL that ends a label in the file. */
function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0
}

function checkDiffer(names: readonly Uint8Array[]): void {
  const seen = new Set<string>()
  for (const name of names) {
    const text = String.fromCharCode(...name)
    if (seen.has(text)) throw unwritable(`two labels would be ${shown(name)}, with _ for blanks`)
    seen.add(text)
  }
}

function unwritable(found: string): WordloomError {
  return new WordloomError('bad-data', {
    action: 'write the classifier as fastText does',
    found,
    cure: 'save it as .safetensors, or name the labels otherwise',
  })
}

function shown(name: Uint8Array): string {
  return JSON.stringify(new TextDecoder().decode(name))
}
