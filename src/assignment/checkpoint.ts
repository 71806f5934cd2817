import { WordloomError } from '../errors.js'
import { readBytes, sha256, writeWhole } from '../files/index.js'
import { DIMENSIONS, type RunState } from './treebank-run.js'

const FORMAT = 'wordloom-assignment-1'
/** Where the tensors begin is a multiple of this many bytes. */
const ALIGNMENT = 64

/** A tensor of the file; offsets are bytes after the header. */
interface TensorEntry {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly data_offsets: readonly [number, number]
}

/** The file's header: what a safetensors file says of itself. */
interface Header {
  readonly __metadata__: Readonly<Record<string, string>>
  readonly input_vectors: TensorEntry
  readonly output_vectors: TensorEntry
  readonly random_state: TensorEntry
}

/**
 * Writes all that a run needs to go on, as a safetensors file: both matrices in float64, the words of the random
 * generator, and as metadata the iteration, the smoothed loss and digests. Whole or not at all; throws `not-written`.
 */
export async function writeCheckpoint(path: string, state: RunState): Promise<void> {
  await writeWhole(path, encodeCheckpoint(state))
}

/** Reads what `writeCheckpoint` wrote. Throws `no-input`, and `bad-data` if it is something else or damaged. */
export async function readCheckpoint(path: string): Promise<RunState> {
  const chunks: Uint8Array[] = []
  for await (const chunk of readBytes(path)) chunks.push(chunk.slice())
  try {
    return decodeCheckpoint(joined(chunks))
  } catch (cause) {
    throw new WordloomError(
      'bad-data',
      {
        place: { file: path },
        found: `this is not a whole checkpoint of "wordloom assignment" (${(cause as Error).message})`,
      },
      { cause },
    )
  }
}

/** The parts of a checkpoint's file, one after the other. */
function encodeCheckpoint(state: RunState): Uint8Array[] {
  const tensors = [state.inputVectors, state.outputVectors, state.random].map(bytesOf)
  const rows = state.inputVectors.length / DIMENSIONS
  const matrixBytes = tensors[0].length
  const end = 2 * matrixBytes + tensors[2].length
  const header: Header = {
    __metadata__: {
      format: FORMAT,
      iteration: String(state.iteration),
      ...(state.smoothedLoss !== undefined && { smoothed_loss: String(state.smoothedLoss) }),
      lose_repeats: String(state.loseRepeats),
      treebank_sha256: state.treebankDigest,
      tensors_sha256: digestOf(tensors),
    },
    input_vectors: { dtype: 'F64', shape: [rows, DIMENSIONS], data_offsets: [0, matrixBytes] },
    output_vectors: { dtype: 'F64', shape: [rows, DIMENSIONS], data_offsets: [matrixBytes, 2 * matrixBytes] },
    random_state: { dtype: 'U32', shape: [state.random.length], data_offsets: [2 * matrixBytes, end] },
  }
  return [encodeHeader(header), ...tensors]
}

/** Throws an Error whose message says what is wrong. */
function decodeCheckpoint(bytes: Uint8Array): RunState {
  const length = bytes.length < 8 ? 0n : new DataView(bytes.buffer).getBigUint64(0, true)
  if (length === 0n || length > bytes.length - 8) throw new Error('it has no header')
  const json = new TextDecoder().decode(bytes.subarray(8, 8 + Number(length)))
  const header = JSON.parse(json) as Partial<Header>
  const { __metadata__: metadata = {} } = header
  if (metadata.format !== FORMAT) throw new Error(`its format is not ${FORMAT}`)
  const data = bytes.subarray(8 + Number(length))
  if (digestOf([data]) !== metadata.tensors_sha256) throw new Error('its numbers are damaged or cut off')
  return {
    iteration: wholeNumber(metadata.iteration),
    smoothedLoss: metadata.smoothed_loss === undefined ? undefined : finite(metadata.smoothed_loss),
    loseRepeats: metadata.lose_repeats === 'true',
    treebankDigest: metadata.treebank_sha256 ?? '',
    random: new Uint32Array(part(data, header.random_state, 4)),
    inputVectors: new Float64Array(part(data, header.input_vectors, 8)),
    outputVectors: new Float64Array(part(data, header.output_vectors, 8)),
  }
}

function encodeHeader(header: Header): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header))
  const length = Math.ceil((8 + json.length) / ALIGNMENT) * ALIGNMENT - 8
  const bytes = new Uint8Array(8 + length).fill(' '.charCodeAt(0))
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true)
  bytes.set(json, 8)
  return bytes
}

/** A copy of a tensor's bytes, so that it lies where its numbers may lie. */
function part(data: Uint8Array, entry: TensorEntry | undefined, itemBytes: number): ArrayBuffer {
  const [start, end] = entry?.data_offsets ?? [-1, -1]
  const fits = 0 <= start && start <= end && end <= data.length && (end - start) % itemBytes === 0
  if (!fits) throw new Error('a tensor is missing from its header')
  return Uint8Array.from(data.subarray(start, end)).buffer
}

function bytesOf(numbers: Float64Array | Uint32Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)
}

function digestOf(parts: readonly Uint8Array[]): string {
  const hash = sha256()
  for (const part of parts) hash.update(part)
  return hash.finish()
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0))
  let end = 0
  for (const chunk of chunks) {
    bytes.set(chunk, end)
    end += chunk.length
  }
  return bytes
}

function wholeNumber(text = ''): number {
  const number = finite(text)
  if (Number.isSafeInteger(number) && number > 0) return number
  throw new Error(`its iteration is ${text}`)
}

function finite(text: string): number {
  const number = Number(text)
  if (text !== '' && Number.isFinite(number)) return number
  throw new Error(`"${text}" stands where a number should`)
}
