import { WordloomError } from '../../errors.js'
import { MAX_TOKEN_BYTES } from '../scanning/scanner.js'
import { wellFormed } from '../well-formed.js'

/**
 * A document with tags, which have vectors: several documents may share a tag, and a document may have several. It is a
 * text that a tokenizer cuts, line breaks ending its sentences, or words that are taken as they are.
 */
export type TaggedDocument =
  | { readonly tags: readonly string[]; readonly text: string }
  | { readonly tags: readonly string[]; readonly words: readonly string[] }

/** Whether an item of a text is a document with tags, and no text or array of tokens. */
export function isTagged(item: unknown): item is TaggedDocument {
  return (
    typeof item === 'object' &&
    item !== null &&
    !Array.isArray(item) &&
    !ArrayBuffer.isView(item) &&
    'tags' in item
  )
}

const encoder = new TextEncoder()

/** The tags of a document, each once, and its text or its words. Throws `usage` for what cannot be meant. */
export function partsOf(
  document: TaggedDocument,
  number: number,
): { tags: readonly string[]; content: string | readonly string[] } {
  const { tags, text, words } = document as { tags: unknown; text?: unknown; words?: unknown }
  const content = text ?? words
  if (typeof content !== 'string' && !Array.isArray(content))
    throw wrongDocument(number, 'it has neither a text nor words', '{ tags, text } or { tags, words }')
  if (!Array.isArray(tags) || tags.length === 0 || !tags.every(isTag))
    throw wrongDocument(
      number,
      `its tags are ${JSON.stringify(tags) ?? typeof tags}`,
      `one tag or more, each a text of 1 to ${MAX_TOKEN_BYTES.toLocaleString('en')} bytes`,
    )
  return { tags: [...new Set(tags.map(wellFormed))], content }
}

/** The error about a document with a number from 1. */
export function wrongDocument(number: number, found: string, expected: string): WordloomError {
  return new WordloomError('usage', {
    action: 'read a text',
    place: { part: `document ${number.toLocaleString('en')}` },
    found,
    expected,
  })
}

function isTag(tag: unknown): tag is string {
  return typeof tag === 'string' && tag !== '' && encoder.encode(tag).length <= MAX_TOKEN_BYTES
}
