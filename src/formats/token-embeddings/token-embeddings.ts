import type { WordloomError } from '../../errors.js'
import { allocateMatrix, firstNotFinite, type Matrix, row } from '../../math/index.js'
import type { ByteReader, TensorPlace } from '../../tensors/index.js'
import { isWellFormed } from '../../text/inner.js'
import type { WordVectors } from '../../vectors/index.js'
import { bfloat16, type FloatType, float16, float32, float64, int8 } from '../float-types.js'
import type { ReadOptions } from '../format.js'
import { openCompanion } from '../opening/companion.js'
import { LEAVE_OUT } from '../refusals.js'
import { CollectedVectors } from '../selection/collected-vectors.js'
import { MODEL2VEC_ROWS, ROWS } from './embedding-tensors.js'
import { hasLengthOneIn } from './model-settings.js'
import { UnknownRule } from './rules.js'
import { textRulesOf } from './static-model.js'
import { readTokenizer, type TokenizerWords } from './tokenizer-words.js'

const floats: Record<string, FloatType> = {
  F16: float16,
  BF16: bfloat16,
  F32: float32,
  F64: float64,
  I8: int8,
}

/** model2vec's tensors, decoded. */
interface Tensors {
  /** The first rows, as many as are needed. */
  embeddings: Matrix
  /** How many there are in the file. */
  rows: number
  /** A factor for each token, if there are some. */
  weights?: Float32Array
  /** The row of each token, if tokens share rows. */
  mapping?: BigInt64Array | Int32Array
}

/**
 * Reads `embeddings` [rows, d], perhaps `weights` [tokens] and `mapping` I64 or I32 [tokens], and the tokens in
 * tokenizer.json beside them. The vector of token t is embeddings[mapping[t]] · weights[t]; tokens keep the order
 * of their ids. The token for unknown words is left out where its row is zero, and rows without a token, and tokens without
 * a row, with a warning. Texts are encoded as config.json or modules.json, and tokenizer.json, have it.
 */
export async function readTokenEmbeddings(
  reader: ByteReader,
  tensors: readonly TensorPlace[],
  options: ReadOptions,
): Promise<WordVectors> {
  const beside = await openCompanion(reader, ['tokenizer.json'], 'the words of a model of model2vec')
  let tokenizer: TokenizerWords
  try {
    tokenizer = await readTokenizer(beside)
  } finally {
    await beside.close()
  }
  const isModel2vec = tensors.some(({ name }) => name === MODEL2VEC_ROWS)
  const encoding = await encodingOf(reader, tokenizer, isModel2vec)
  const found = await takeTensors(reader, tensors, wantedRows(tokenizer, options))
  const count = tokensIn(reader, found)
  const vectors = collected(reader, found, { count, tokenizer, options, warnings: encoding.warnings })
  const { cut, hasLengthOne } = encoding
  if (!cut) return vectors
  return vectors.with({
    textRules: textRulesOf({ name: reader.name, vectors, tokenizer, count, isModel2vec, hasLengthOne }, cut),
    warnings: [...vectors.warnings, ...partWarning(reader.name, options)],
  })
}

interface Encoding {
  readonly cut?: ((text: string) => number[]) | undefined
  readonly hasLengthOne: boolean
  readonly warnings: readonly string[]
}

/** How texts are encoded; if that is not known here, a warning says why. */
async function encodingOf(
  reader: ByteReader,
  { cut, whyNot }: TokenizerWords,
  isModel2vec: boolean,
): Promise<Encoding> {
  const refused = (why: string) => ({
    hasLengthOne: false,
    warnings: [`${reader.name}: texts are not encoded as the makers of the model do it, since ${why}`],
  })
  if (whyNot !== undefined) return refused(whyNot)
  try {
    return { cut, hasLengthOne: await hasLengthOneIn(reader, isModel2vec), warnings: [] }
  } catch (error) {
    if (error instanceof UnknownRule) return refused(error.message)
    throw error
  }
}

function partWarning(name: string, { limit, words }: ReadOptions): string[] {
  if (limit === undefined && words === undefined) return []
  return [`${name}: texts are encoded without the tokens that were not loaded`]
}

/** How many rows, one for each id, have as many tokens as the limit: all of them without one. */
function wantedRows(
  { tokens, unknown }: TokenizerWords,
  { limit, words, allowNonfinite }: ReadOptions,
): number {
  if (limit === undefined || words || allowNonfinite) return Number.POSITIVE_INFINITY
  const seen = new Set<string>()
  const ids = [...tokens.keys()].sort((a, b) => a - b)
  const last = ids.find(id => tokens.get(id) !== unknown && seen.add(tokens.get(id)!).size === limit)
  return 1 + (last ?? ids.at(-1) ?? 0)
}

async function takeTensors(
  reader: ByteReader,
  tensors: readonly TensorPlace[],
  wanted: number,
): Promise<Tensors> {
  const found: Partial<Tensors> = {}
  const areInOrder = !tensors.some(({ name }) => name === 'mapping')
  for (const tensor of tensors) {
    const [rows = 0, columns = 0] = tensor.shape
    if (ROWS.includes(tensor.name) && tensor.shape.length === 2 && rows * columns > 0) {
      found.rows = rows
      const taken = areInOrder ? Math.min(rows, wanted) : rows
      found.embeddings = await takeFloats(reader, tensor, taken, columns)
      if (taken < rows && tensor !== tensors.at(-1))
        await reader.skip(((tensor.end - tensor.start) / rows) * (rows - taken), tensor.name)
    } else if (tensor.name === 'weights' && tensor.shape.length === 1)
      found.weights = row(await takeFloats(reader, tensor, 1, rows), 0) // without its padding
    else if (
      tensor.name === 'mapping' &&
      ['I64', 'I32'].includes(tensor.dtype) &&
      tensor.shape.length === 1
    ) {
      found.mapping = tensor.dtype === 'I64' ? new BigInt64Array(rows) : new Int32Array(rows)
      await reader.readInto(new Uint8Array(found.mapping.buffer), tensor.name)
    } else if ([...ROWS, 'weights', 'mapping'].includes(tensor.name))
      throw reader.error({
        place: { part: `tensor "${tensor.name}"` },
        found: `it is ${tensor.dtype} [${tensor.shape}]`,
        expected: 'a tensor as model2vec writes it',
      })
    else await reader.skip(tensor.end - tensor.start, tensor.name)
  }
  return found as Tensors
}

async function takeFloats(
  reader: ByteReader,
  tensor: TensorPlace,
  rows: number,
  columns: number,
): Promise<Matrix> {
  const type = floats[tensor.dtype]
  if (!type)
    throw reader.error({
      place: { part: `tensor "${tensor.name}"` },
      found: `it is ${tensor.dtype}`,
      expected: `one of ${Object.keys(floats).join(', ')}`,
      cure: 'save the model without quantization',
    })
  const matrix = allocateMatrix(rows, columns)
  const bytes = new Uint8Array(columns * type.bytes)
  for (let i = 0; i < rows; i++) {
    await reader.readInto(bytes, `row ${i} of "${tensor.name}"`)
    type.decode(bytes, row(matrix, i))
  }
  return matrix
}

interface Wanted {
  readonly count: number
  readonly tokenizer: TokenizerWords
  readonly options: ReadOptions
  readonly warnings: readonly string[]
}

function collected(
  reader: ByteReader,
  tensors: Tensors,
  { count, tokenizer: { tokens, unknown }, options, warnings }: Wanted,
): WordVectors {
  const vectors = new CollectedVectors(tensors.embeddings.columns, count, options)
  const encoder = new TextEncoder()
  let nameless = 0
  for (let id = 0; id < count && !vectors.isFull; id++) {
    const token = tokens.get(id)
    if (token === undefined) {
      nameless++
      continue
    }
    if (!isWellFormed(token))
      throw reader.error({
        place: { part: `token ${id}` },
        found: 'tokenizer.json has half of a surrogate pair in it, which is no text',
        expected: 'a token of Unicode characters',
      })
    const place = placeOf(reader, tensors, id)
    const target = vectors.next()
    writeVector(tensors, id, place, target)
    if (firstNotFinite(target) >= 0) {
      if (!vectors.leavesOut) throw notFinite(reader, place, id)
      vectors.leaveOut()
    } else if (token !== unknown || target.some(x => x !== 0)) vectors.add(encoder.encode(token))
  }
  if (!vectors.isFull)
    tellUnmatched(reader.name, vectors, nameless, [...tokens.keys()].filter(id => id >= count).length)
  for (const warning of warnings) vectors.warn(warning)
  return vectors.finish(reader.name)
}

/** Says what has no counterpart on the other side. */
function tellUnmatched(name: string, vectors: CollectedVectors, rows: number, tokens: number): void {
  const were = (n: number, one: string) => (n === 1 ? `1 ${one}` : `${n.toLocaleString('en')} ${one}s`)
  if (rows > 0) vectors.warn(`${name}: left out, without a token in tokenizer.json: ${were(rows, 'row')}`)
  if (tokens > 0) vectors.warn(`${name}: left out, without a row: ${were(tokens, 'token')} of tokenizer.json`)
}

/** How many tokens have a vector. */
function tokensIn(reader: ByteReader, { rows, weights, mapping }: Tensors): number {
  const count = mapping?.length ?? rows
  if (weights && weights.length !== count)
    throw reader.error({
      found: `there are ${weights.length} weights`,
      expected: `${count}, one for each token`,
    })
  return count
}

/** The row of a token. */
function placeOf(reader: ByteReader, { rows, mapping }: Tensors, id: number): number {
  const place = Number(mapping?.[id] ?? id)
  if (place >= 0 && place < rows) return place
  throw reader.error({
    place: { part: `token ${id}` },
    found: `its row is ${place}`,
    expected: `a row from 0 to ${rows - 1}`,
  })
}

function writeVector(
  { embeddings, weights }: Tensors,
  id: number,
  place: number,
  target: Float32Array,
): void {
  const factor = weights?.[id] ?? 1
  target.set(row(embeddings, place))
  if (weights) for (let i = 0; i < target.length; i++) target[i]! *= factor
}

function notFinite(reader: ByteReader, place: number, id: number): WordloomError {
  return reader.error({
    place: { part: `row ${place} of "embeddings" (token ${id})` },
    found: 'a number is not finite',
    expected: 'finite numbers',
    cure: LEAVE_OUT,
  })
}
