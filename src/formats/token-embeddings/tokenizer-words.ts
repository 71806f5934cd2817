import type { ByteReader } from '../../tensors/index.js'
import { readJson } from './json-file.js'
import { UnknownRule } from './rules.js'
import { tokenCutterOf } from './token-cutter.js'

/** What a tokenizer.json says about rows. */
export interface TokenizerWords {
  /** The token of each row. */
  tokens: Map<number, string>
  /** What stands for everything unknown. */
  unknown: string | undefined
  /** Whether the model names the token for everything unknown, and does not only number it. */
  namesUnknown: boolean
  /** How a text is cut into the ids of tokens; undefined if that is not known here, and why. */
  cut?: (text: string) => number[]
  whyNot?: string
}

/**
 * The tokens of a Hugging Face tokenizer.json: `model.vocab` as an object of ids (WordPiece, WordLevel, BPE) or an
 * array of [token, score] (Unigram), and `added_tokens`. Throws `bad-data`.
 */
export async function readTokenizer(reader: ByteReader): Promise<TokenizerWords> {
  const json = await parsed(reader)
  const { model, added_tokens: added = [] } = json
  const tokens = new Map<number, string>()
  const vocabulary = isRecord(model) ? model.vocab : undefined
  if (Array.isArray(vocabulary))
    for (const [id, entry] of vocabulary.entries()) tokens.set(id, String((entry as unknown[])?.[0]))
  else if (isRecord(vocabulary))
    for (const [token, id] of Object.entries(vocabulary)) tokens.set(idOf(reader, token, id), token)
  else throw reader.error({ found: 'it has no model.vocab', expected: 'a tokenizer.json of Hugging Face' })
  for (const entry of Array.isArray(added) ? added : [])
    if (isRecord(entry) && typeof entry.content === 'string')
      tokens.set(idOf(reader, entry.content, entry.id), entry.content)
  const { unk_token: named, unk_id: numbered } = model as Record<string, unknown>
  const unknown = typeof named === 'string' ? named : tokens.get(numbered as number) // Unigram's
  return { tokens, unknown, namesUnknown: typeof named === 'string', ...(await rulesOf(json)) }
}

async function rulesOf(json: Record<string, unknown>): Promise<Pick<TokenizerWords, 'cut' | 'whyNot'>> {
  try {
    return { cut: await tokenCutterOf(json) }
  } catch (error) {
    if (error instanceof UnknownRule) return { whyNot: error.message }
    throw error
  }
}

async function parsed(reader: ByteReader): Promise<Record<string, unknown>> {
  const json = await readJson(reader)
  if (isRecord(json)) return json
  throw reader.error({ found: 'it is not an object', expected: 'a tokenizer.json of Hugging Face' })
}

function idOf(reader: ByteReader, token: string, id: unknown): number {
  if (Number.isSafeInteger(id) && (id as number) >= 0) return id as number
  throw reader.error({
    place: { part: `token ${JSON.stringify(token)}` },
    found: `its id is ${JSON.stringify(id)}`,
    expected: 'a whole number from 0',
  })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
