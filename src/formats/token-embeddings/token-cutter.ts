import type { Tokenizer } from '@huggingface/tokenizers'
import { type Change, normalizerOf } from './normalizer.js'
import { type Entry, entriesOf, entryOf, UnknownRule } from './rules.js'
import { type LibrarySplitter, splitterOf } from './splitter.js'

type Library = typeof import('@huggingface/tokenizers')

/**
 * How a tokenizer.json cuts a text into the ids of its tokens, unknown ones included, without those that mark beginning and
 * end: normalized, parted into words, and each word cut by WordPiece (Wu et al. 2016), Unigram (Kudo 2018), byte-pair
 * encoding (Sennrich et al. 2016) or looked up whole. Throws `UnknownRule`.
 */
export async function tokenCutterOf(json: Entry): Promise<(text: string) => number[]> {
  const library = await import('@huggingface/tokenizers')
  try {
    const tokenizer = tokenizerOf(library, json)
    const cut = (text: string) => idsOf(tokenizer, text)
    cut('Is it 1 text, or two?') // what cannot be followed is found here, and not at the first text
    return truncated(cut, json.truncation)
  } catch (error) {
    if (error instanceof UnknownRule) throw error
    throw new UnknownRule('content', { type: (error as Error).message })
  }
}

function idsOf(tokenizer: Tokenizer, text: string): number[] {
  if (text === '') return []
  const { ids } = tokenizer.encode(text, { add_special_tokens: false })
  return (ids as (number | null | undefined)[]).filter(id => id !== undefined && id !== null) // what is unknown to a model without a token for it
}

function tokenizerOf(library: Library, json: Entry): Tokenizer {
  const stepOf = (part: string, entry: Entry) => libraryStep(library, part, entry)
  const normalize = normalizerOf(json.normalizer, entry => stepOf('normalizer', entry) as Change)
  const split = splitterOf(
    json.pre_tokenizer,
    entry => stepOf('pre_tokenizer', entry) as ReturnType<LibrarySplitter>,
  )
  const tokenizer = new library.Tokenizer(
    {
      ...EMPTY,
      normalizer: { type: 'Sequence', normalizers: [] },
      added_tokens: addedTokens(json, normalize),
      model: modelOf(json),
    },
    {},
  )
  const steps = tokenizer as unknown as Steps
  steps.model = wordByWord(steps.model)
  steps.normalizer = normalize
  steps.pre_tokenizer = (text, { section_index } = {}) =>
    split({ text, begins: section_index === 0 }).map(part => part.text)
  return tokenizer
}

/** What the library's tokenizer does in turn; all of it can be replaced. */
interface Steps {
  model: Model
  normalizer: Change
  pre_tokenizer: (text: string, where?: { readonly section_index?: number }) => string[]
}

/** What the library asks of a model. */
type Model = ((words: string[]) => string[]) & {
  tokens_to_ids?: unknown
  unk_token_id?: unknown
}

/** The library would make one unknown token of the last one of a word and the first one of the next. */
function wordByWord(model: Model): Model {
  const alone: Model = words => words.flatMap(word => model([word]))
  alone.tokens_to_ids = model.tokens_to_ids
  alone.unk_token_id = model.unk_token_id
  return alone
}

const EMPTY = { version: '1.0', pre_tokenizer: null, post_processor: null, decoder: null }

/** One step as the library takes it. */
function libraryStep(library: Library, part: string, entry: Entry): unknown {
  const model = { type: 'WordPiece', vocab: {}, unk_token: '', continuing_subword_prefix: '##' }
  try {
    const made = new library.Tokenizer(
      { ...EMPTY, normalizer: null, added_tokens: [], model, [part]: entry },
      {},
    )
    return part === 'normalizer' ? made.normalizer : made.pre_tokenizer
  } catch {
    throw new UnknownRule(part, entry)
  }
}

/** Tokens that are found in the normalized text are normalized themselves. */
function addedTokens(json: Entry, normalize: Change): Entry[] {
  return entriesOf(json.added_tokens).map(token =>
    token.normalized === true ? { ...token, content: normalize(String(token.content)) } : token,
  )
}

/** Old files do not name their model. */
function modelOf(json: Entry): Entry {
  const model = entryOf(json.model) ?? {}
  const { type = Array.isArray(model.vocab) ? 'Unigram' : 'merges' in model ? 'BPE' : 'WordPiece' } = model
  if (type === 'Unigram' && model.byte_fallback !== true) return { ...model, type }
  if (type === 'BPE' && !(Number(model.dropout ?? 0) > 0)) return { ...model, type }
  if (type === 'WordPiece') return wordPiece({ ...model, type })
  if (type === 'WordLevel') return wholeWords(model)
  throw new UnknownRule('model', { type: unable[String(type)] ?? type })
}

/** What the library does not follow in models that it knows. */
const unable: Readonly<Record<string, string>> = {
  BPE: 'BPE with dropout',
  Unigram: 'Unigram with bytes for unknown characters',
}

function wordPiece(model: Entry): Entry {
  const prefix = String(model.continuing_subword_prefix ?? '##')
  const hasPieces = Object.keys(entryOf(model.vocab) ?? {}).some(token => token.startsWith(prefix))
  return hasPieces ? { ...model, continuing_subword_prefix: prefix } : wholeWords(model)
}

/** No token goes on after the first piece, and no word is longer than the longest token. */
function wholeWords(model: Entry): Entry {
  const words = Object.keys(entryOf(model.vocab) ?? {})
  const longest = words.reduce((most, word) => Math.max(most, [...word].length), 0)
  const most = Math.min(longest, Number(model.max_input_chars_per_word ?? longest))
  return {
    type: 'WordPiece',
    vocab: model.vocab,
    unk_token: model.unk_token,
    continuing_subword_prefix: '\uffff##',
    max_input_chars_per_word: most,
  }
}

/** What lies past the length that the file allows is cut off. */
function truncated(cut: (text: string) => number[], value: unknown): (text: string) => number[] {
  const truncation = entryOf(value)
  if (!truncation) return cut
  const { max_length: most, direction = 'Right' } = truncation
  if (!Number.isSafeInteger(most) || (most as number) < 1) return cut
  return text =>
    direction === 'Left' ? cut(text).slice(-(most as number)) : cut(text).slice(0, most as number)
}
