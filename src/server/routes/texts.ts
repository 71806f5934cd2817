import { overloaded, Refusal } from '../http/refusal.js'
import { MOST_INPUTS } from '../limits.js'
import { breath, waitingFor } from '../models/breath.js'
import type { Embedded } from '../models/embedder.js'
import type { EmbeddingModel } from '../models/embedding-model.js'
import type { Who } from '../models/fair-queue.js'
import type { Turn } from '../routing/route.js'

/** Characters that are read between two turns of others: 2 ms of work. */
const AT_ONCE = 16_000

/** Requests of one key that are worked on in turns. */
const MOST_LONG = 64

/** Vectors of texts, of which `nameOf` says how the request calls each. Throws 400 for too many tokens, and 503 for a long request among too many. */
export async function embedAll(
  model: EmbeddingModel,
  texts: readonly string[],
  turn: Turn,
  nameOf: (i: number) => string,
): Promise<Embedded[]> {
  const { limits, facts } = turn
  refuseCrowd(texts, turn.who)
  const embedded: Embedded[] = []
  const sum = { tokens: 0, known: 0, empty: 0, long: 0 }
  const { dimensions } = model
  const rows = new Float32Array(texts.length * dimensions)
  let read = 0
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i]!
    const isLong = text.length > limits.text
    if (isLong && !turn.truncate) throw tooLong(text, limits.text, nameOf(i))
    const row = rows.subarray(i * dimensions, (i + 1) * dimensions)
    const made = model.embed(isLong ? text.slice(0, limits.text) : text, row)
    const one = made instanceof Promise ? await made : made
    embedded.push(one)
    sum.tokens += one.tokens
    sum.known += one.known
    sum.empty += Number(one.isEmpty)
    sum.long += Number(isLong)
    if (sum.tokens > limits.tokens) throw tooManyTokens(limits.tokens)
    read += workOf(text)
    if (read > AT_ONCE) {
      read = 0
      await breath(turn.who)
      turn.signal?.throwIfAborted()
    }
  }
  facts.inputs = texts.length
  facts.tokens = sum.tokens
  facts.unknownTokens = sum.tokens - sum.known
  facts.emptyInputs = sum.empty
  if (turn.truncate) facts.truncatedInputs = sum.long
  return embedded
}

/** Each of those that are worked on in turns takes as many times longer. */
function refuseCrowd(texts: readonly string[], who: Who): void {
  const whole = texts.reduce((sum, text) => sum + workOf(text), 0)
  if (whole > AT_ONCE && waitingFor(who) >= MOST_LONG)
    throw overloaded('overloaded', 'more long requests are worked on than can be answered soon')
}

/** In characters. */
function workOf(text: string): number {
  return text.length + 64
}

/** Numbers in the place of texts are tokens of another tokenizer, which nothing here can read. */
export function refuseTokens(input: unknown): void {
  const isTokens = (value: unknown) =>
    Array.isArray(value) && value.length > 0 && value.every(Number.isInteger)
  if (!isTokens(input) && !(Array.isArray(input) && input.length > 0 && input.every(isTokens))) return
  throw new Refusal(
    400,
    'token_input_unsupported',
    {
      found: 'input is numbers of tokens, and these vectors have words',
      expected: `text, or an array of 1 to ${MOST_INPUTS.toLocaleString('en')} texts`,
      cure: 'with LangChain for Python give OpenAIEmbeddings check_embedding_ctx_length=False',
    },
    { param: 'input' },
  )
}

/** The refusal of a text with more characters than are read. */
export function tooLong(text: string, most: number, param: string): Refusal {
  const found = `${param} has ${text.length.toLocaleString('en')} characters`
  const fault = { found, expected: `at most ${most.toLocaleString('en')}`, cure: 'cut it into parts' }
  return new Refusal(400, 'input_too_long', fault, { param })
}

function tooManyTokens(most: number): Refusal {
  return new Refusal(
    400,
    'too_many_tokens',
    {
      found: `the texts have more than ${most.toLocaleString('en')} words together`,
      cure: 'send them in several requests',
    },
    { param: 'input' },
  )
}
